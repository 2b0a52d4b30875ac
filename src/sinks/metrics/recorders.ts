import { createLabelBounds, type Labels } from './label-bounds.ts';
import { METRIC_NAMES, METRICS, OPEN_LABELS, type LabelsOf, type MetricName } from './metrics.ts';

/**
 * One function per metric: it adds to a counter, observes in a histogram, moves a gauge by so much, sets a level. A value
 * that is not finite, or negative where that makes no sense, is not recorded: it would spoil its series for ever. Labels
 * that are the same object are bounded once: keep them, and a sample costs little more than its writing.
 */
export type Recorders = {
  readonly [Name in MetricName]: (labels: LabelsOf<Name>, value: number) => void;
};

/** Writes samples of one series, of sound values. */
export type SampleWriter = (value: number) => void;

/** The writer of a series of one metric, by labels that are bounded and frozen, and the same object for the same series. */
export type SeriesOf = (labels: Labels) => SampleWriter;

/** Where samples with certain labels go. */
interface Route {
  readonly write: SampleWriter;
  /** One per label that became `other`. */
  readonly overflow: readonly SampleWriter[];
}

/** Puts bounds on labels and values before they reach the writers of the series. */
export function createRecorders(seriesOf: Readonly<Record<MetricName, SeriesOf>>, maxLabelValues: number): Recorders {
  const overflow = new Map(
    OPEN_LABELS.map((label) => [label as string, seriesOf.headroom_label_overflow_total(Object.freeze({ label }))]),
  );
  for (const write of overflow.values()) write(0);
  const bound = createLabelBounds({ maxLabelValues });

  function routeOf(name: MetricName, given: Labels): Route {
    const { labels, overflowing } = bound(name, given);
    const writers = overflowing.map((label) => overflow.get(label)).filter((write) => write !== undefined);
    return { write: seriesOf[name](labels), overflow: writers };
  }

  function recorderOf(name: MetricName): (labels: Labels, value: number) => void {
    const isSigned = METRICS[name].kind === 'gauge';
    const routes = new WeakMap<Labels, Route>();
    return (given, value) => {
      if (!Number.isFinite(value) || (value < 0 && !isSigned)) return;
      let route = routes.get(given);
      if (route === undefined) {
        route = routeOf(name, given);
        routes.set(given, route);
      }
      for (const write of route.overflow) write(1);
      route.write(value);
    };
  }

  return Object.fromEntries(METRIC_NAMES.map((name) => [name, recorderOf(name)])) as unknown as Recorders;
}
