import { METRICS } from '../../src/sinks/metrics/metrics.ts';
import { increase, max, orElse, rate, sum, sumBy, times } from './promql.ts';
import {
  metricOf,
  series,
  type CounterSeriesName,
  type Matchers,
  type Selector,
  type SeriesLabel,
  type SeriesName,
  type Vector,
} from './series.ts';

/** The variables that panels are filtered by, and the labels that they filter. */
export const FILTERS = [
  { variable: 'job', label: 'job' },
  { variable: 'instance', label: 'instance' },
  { variable: 'agent', label: 'gen_ai_agent_name' },
  { variable: 'model', label: 'gen_ai_request_model' },
] as const;

type Variable = (typeof FILTERS)[number]['variable'];

/** The series that the variables of the dashboard select: each variable whose label the metric has. */
export function selected<Name extends SeriesName>(
  name: Name,
  matchers: Matchers<Name> = {},
  ignored: readonly Variable[] = [],
): Selector<Name> {
  const labels: readonly string[] = ['job', 'instance', ...METRICS[metricOf(name)].labels];
  const filters = FILTERS.filter(({ variable, label }) => labels.includes(label) && !ignored.includes(variable));
  const chosen = Object.fromEntries(filters.map(({ variable, label }) => [label, `=~"$${variable}"`]));
  return series(name, { ...chosen, ...matchers });
}

/** The series of the selected processes, whatever agent and model are selected. */
export function ofProcess<Name extends SeriesName>(name: Name): Selector<Name> {
  return selected(name, {}, ['agent', 'model']);
}

/** Zero where one of the selected processes is there to count and has counted nothing, and nothing where none is there. */
export function orZero(vector: Vector<never>): Vector<never> {
  return orElse(vector, times(max(ofProcess('headroom_build_info')), 0));
}

/** What a counter has counted in the time range, in all. */
export function total<Name extends CounterSeriesName>(name: Name, matchers: Matchers<Name> = {}): Vector<never> {
  return sum(increase(selected(name, matchers), '$__range'));
}

/** How fast a counter goes up, a second, in all. */
export function speed<Name extends CounterSeriesName>(name: Name, matchers: Matchers<Name> = {}): Vector<never> {
  return sum(rate(selected(name, matchers)));
}

/** The same for each value of these labels. */
export function speedBy<Name extends CounterSeriesName, By extends SeriesLabel<Name>>(
  by: readonly By[],
  name: Name,
  matchers: Matchers<Name> = {},
): Vector<By> {
  return sumBy(by, rate(selected(name, matchers)));
}
