import type { CounterSeriesName, HistogramName, Selector, SeriesLabel, Vector } from './series.ts';

/** Grafana's own: four scrapes at least, and a step of the panel. */
const RATE_INTERVAL = '$__rate_interval';
/** `5m`, or a variable of Grafana. */
export type Duration = `${number}${'s' | 'm' | 'h' | 'd'}` | '$__rate_interval' | '$__range' | '$__interval';

export function rate<Name extends CounterSeriesName>(
  selector: Selector<Name>,
  window: Duration = RATE_INTERVAL,
): Vector<SeriesLabel<Name>> {
  return from(selector, `rate(${selector.promql}[${window}])`, true);
}

export function increase<Name extends CounterSeriesName>(
  selector: Selector<Name>,
  window: Duration,
): Vector<SeriesLabel<Name>> {
  return from(selector, `increase(${selector.promql}[${window}])`, true);
}

/**
 * The increase of counters that do not start at zero: a series that was not there at the start of the window has
 * increased by its whole value, which `increase` does not see.
 */
export function increaseFromNothing<Name extends CounterSeriesName>(
  selector: Selector<Name>,
  window: Duration,
): Vector<SeriesLabel<Name>> {
  const { promql } = selector;
  return from(selector, `(${promql} unless ${promql} offset ${window}) or increase(${promql}[${window}])`, false);
}

export function sum(vector: Vector<string>): Vector<never> {
  return { ...vector, isTerm: true, promql: `sum(${vector.promql})`, labels: [] };
}

export function max(vector: Vector<string>): Vector<never> {
  return { ...vector, isTerm: true, promql: `max(${vector.promql})`, labels: [] };
}

export function sumBy<Label extends string, By extends Label>(by: readonly By[], vector: Vector<Label>): Vector<By> {
  return aggregated('sum', by, vector);
}

export function maxBy<Label extends string, By extends Label>(by: readonly By[], vector: Vector<Label>): Vector<By> {
  return aggregated('max', by, vector);
}

export function countBy<Label extends string, By extends Label>(by: readonly By[], vector: Vector<Label>): Vector<By> {
  return aggregated('count', by, vector);
}

/** A percentile of a histogram, from its buckets; by labels where they are given. */
export function percentile<Name extends `${HistogramName}_bucket`, By extends SeriesLabel<Name> = never>(
  share: number,
  buckets: Selector<Name>,
  { by = [], window = RATE_INTERVAL }: { readonly by?: readonly By[]; readonly window?: Duration } = {},
): Vector<By> {
  const inner = aggregated('sum', ['le', ...by], rate(buckets, window) as Vector<string>);
  return { ...inner, promql: `histogram_quantile(${share}, ${inner.promql})`, labels: by };
}

/** One vector divided by another that has the same labels. Nothing where there is nothing to divide by: never `NaN`. */
export function ratio<Label extends string>(part: Vector<Label>, whole: Vector<NoInfer<Label>>): Vector<Label> {
  return divided(part, where(whole, '> 0'));
}

export function divided<Label extends string>(part: Vector<Label>, by: Vector<NoInfer<Label>>): Vector<Label> {
  return both(part, by, `${operand(part)}\n/\n${operand(by)}`);
}

/** A vector with labels divided by one value: the share that each series has of all. */
export function shareOf<Label extends string>(part: Vector<Label>, whole: Vector<never>): Vector<Label> {
  return both(part, whole, `${operand(part)}\n/ on () group_left ()\n${operand(where(whole, '> 0'))}`);
}

export function times<Label extends string>(vector: Vector<Label>, factor: number): Vector<Label> {
  return from(vector, `${operand(vector)} * ${factor}`, false);
}

/** What the first has, and of the second what has no match there. */
export function orElse<Label extends string>(vector: Vector<Label>, other: Vector<NoInfer<Label>>): Vector<Label> {
  return both(vector, other, `${operand(vector)} or ${operand(other)}`);
}

/** Zero where the first has nothing and the second has something. */
export function zeroWhere<Label extends string>(vector: Vector<Label>, other: Vector<NoInfer<Label>>): Vector<Label> {
  return orElse(vector, times(other, 0));
}

/** What the first has and the second has not. */
export function unless<Label extends string>(vector: Vector<Label>, other: Vector<string>): Vector<Label> {
  return both(vector, other, `${operand(vector)} unless ${operand(other)}`);
}

/** The series whose value holds: `> 0.5`. */
export function where<Label extends string>(
  vector: Vector<Label>,
  comparison: `${'>' | '>=' | '<' | '<='} ${number}`,
): Vector<Label> {
  return from(vector, `${operand(vector)} ${comparison}`, false);
}

/** The first where the second has a series with the same values of these labels. */
export function andOn<Label extends string, Other extends string>(
  on: readonly NoInfer<Label & Other>[],
  vector: Vector<Label>,
  other: Vector<Other>,
): Vector<Label> {
  return both(vector, other, `${operand(vector)}\nand on (${on.join(', ')})\n${operand(other)}`);
}

/** 1 where there is no series of this name at all, without labels. */
export function absent(selector: Vector<string>): Vector<never> {
  return { ...selector, isTerm: true, promql: `absent(${selector.promql})`, labels: [] };
}

/** The values of a while ago. */
export function before<Label extends string>(vector: Vector<Label>, offset: Duration): Vector<Label> {
  return from(vector, `${vector.promql} offset ${offset}`, true);
}

function aggregated<By extends string>(how: string, by: readonly By[], vector: Vector<string>): Vector<By> {
  const missing = by.filter((label) => !vector.labels.includes(label));
  if (missing.length > 0) throw new Error(`${vector.promql} has no label ${missing.join(', ')}.`);
  return { ...vector, isTerm: true, promql: `${how} by (${by.join(', ')}) (${vector.promql})`, labels: by };
}

function from<Label extends string>(
  { labels, metrics, selectsBy }: Vector<Label>,
  promql: string,
  isTerm: boolean,
): Vector<Label> {
  return { promql, isTerm, labels, metrics, selectsBy };
}

function both<Label extends string>(vector: Vector<Label>, other: Vector<string>, promql: string): Vector<Label> {
  return {
    promql,
    isTerm: false,
    labels: vector.labels,
    metrics: [...new Set([...vector.metrics, ...other.metrics])],
    selectsBy: [...new Set([...vector.selectsBy, ...other.selectsBy])],
  };
}

/** In parentheses, unless it is a name or a call already. */
function operand({ promql, isTerm }: Vector<string>): string {
  return isTerm ? promql : `(${promql})`;
}
