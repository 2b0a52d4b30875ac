import { createLabelBounds, type BoundedLabels, type Labels } from './label-bounds.ts';
import { METRIC_NAMES, METRICS, OPEN_LABELS, type LabelsOf, type MetricName } from './metrics.ts';

/**
 * One function per metric: it adds to a counter, observes in a histogram, moves a gauge by so much, sets a level. A value
 * that is not finite, or negative where that makes no sense, is not recorded: it would spoil its series for ever. Labels
 * that are the same object are bounded once: keep them, and a sample costs little more than its writing.
 */
export type Recorders = {
  readonly [Name in MetricName]: (labels: LabelsOf<Name>, value: number) => void;
};

/** Writes samples of one metric, whose labels are bounded and frozen, and whose values are sound. */
export type SampleWriter = (labels: Labels, value: number) => void;

/** Puts bounds on labels and values before they reach the writers of the metrics. */
export function createRecorders(write: Readonly<Record<MetricName, SampleWriter>>, maxLabelValues: number): Recorders {
  const overflow = new Map(OPEN_LABELS.map((label) => [label as string, Object.freeze({ label })]));
  for (const labels of overflow.values()) write.headroom_label_overflow_total(labels, 0);
  const bound = createLabelBounds({ maxLabelValues });

  function recorderOf(name: MetricName): (labels: Labels, value: number) => void {
    const isSigned = METRICS[name].kind === 'gauge';
    const writeSample = write[name];
    const known = new WeakMap<Labels, BoundedLabels>();
    return (given, value) => {
      if (!Number.isFinite(value) || (value < 0 && !isSigned)) return;
      let bounded = known.get(given);
      if (bounded === undefined) {
        bounded = bound(name, given);
        known.set(given, bounded);
      }
      for (const label of bounded.overflowing) {
        const labels = overflow.get(label);
        if (labels !== undefined) write.headroom_label_overflow_total(labels, 1);
      }
      writeSample(bounded.labels, value);
    };
  }

  return Object.fromEntries(METRIC_NAMES.map((name) => [name, recorderOf(name)])) as unknown as Recorders;
}
