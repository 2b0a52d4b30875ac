import { createLabelBounds, type Labels } from './label-bounds.ts';
import { METRIC_NAMES, METRICS, OPEN_LABELS, type LabelsOf, type MetricName } from './metrics.ts';

/**
 * One function per metric: it adds to a counter, observes in a histogram, moves a gauge by so much,
 * sets a level. A value that is not
 * finite, or negative where that makes no sense, is not recorded: it would spoil its series for ever.
 */
export type Recorders = {
  readonly [Name in MetricName]: (labels: LabelsOf<Name>, value: number) => void;
};

/** Writes samples of one metric, whose labels are bounded and whose values are sound. */
export type SampleWriter = (labels: Labels, value: number) => void;

/** Puts bounds on labels and values before they reach the writers of the metrics. */
export function createRecorders(write: Readonly<Record<MetricName, SampleWriter>>, maxLabelValues: number): Recorders {
  const overflow = write.headroom_label_overflow_total;
  for (const label of OPEN_LABELS) overflow({ label }, 0);
  const bound = createLabelBounds({ maxLabelValues, onOverflow: (label) => overflow({ label }, 1) });

  return Object.fromEntries(
    METRIC_NAMES.map((name) => {
      const isSigned = METRICS[name].kind === 'gauge';
      return [
        name,
        (labels: Labels, value: number): void => {
          if (Number.isFinite(value) && (isSigned || value >= 0)) write[name](bound(name, labels), value);
        },
      ];
    }),
  ) as unknown as Recorders;
}
