import { METRICS, type LabelOf, type MetricName } from '../../src/sinks/metrics/metrics.ts';

type NameOfKind<Kind extends string> = {
  [Name in MetricName]: (typeof METRICS)[Name]['kind'] extends Kind ? Name : never;
}[MetricName];

export type HistogramName = NameOfKind<'histogram'>;
type ScalarName = Exclude<MetricName, HistogramName>;
type PartOf<Name extends HistogramName> = `${Name}_${'bucket' | 'count' | 'sum'}`;

/** The metric of every series that Prometheus stores: a histogram is three of them. */
type MetricOf = { [Name in ScalarName]: Name } & { [Name in HistogramName as PartOf<Name>]: Name };

export type SeriesName = keyof MetricOf;
/** Series that only go up, which alone have a rate. */
export type CounterSeriesName = NameOfKind<'counter'> | PartOf<HistogramName>;
/** What Prometheus adds to each sample. */
type TargetLabel = 'job' | 'instance';
export type SeriesLabel<Name extends SeriesName> =
  | LabelOf<MetricOf[Name]>
  | TargetLabel
  | (Name extends `${string}_bucket` ? 'le' : never);

/** `!=""`, as PromQL writes it after the name of the label. */
export type Matcher = `${'=' | '!=' | '=~' | '!~'}"${string}"`;
export type Matchers<Name extends SeriesName> = Partial<Readonly<Record<SeriesLabel<Name>, Matcher>>>;

/** An expression whose value is a vector, and the labels that its series have. */
export interface Vector<Label extends string> {
  readonly promql: string;
  /** Whether it is a name or a call, so that it needs no parentheses beside an operator. */
  readonly isTerm: boolean;
  readonly labels: readonly Label[];
  /** The metrics of the table that it reads. */
  readonly metrics: readonly MetricName[];
  /** The names of the labels that it selects by. */
  readonly selectsBy: readonly string[];
}

/** A vector that is written as the name of a series, so that a range of it can be asked for. */
export interface Selector<Name extends SeriesName> extends Vector<SeriesLabel<Name>> {
  readonly series: Name;
}

const PARTS = /_(?:bucket|count|sum)$/;

/** The series of this name. Names and labels that are not in the table do not compile. */
export function series<Name extends SeriesName>(name: Name, matchers: Matchers<Name> = {}): Selector<Name> {
  const metric = metricOf(name);
  const written = Object.entries(matchers).map(([label, matcher]) => `${label}${String(matcher)}`);
  const labels = [...METRICS[metric].labels, 'job', 'instance', ...(name.endsWith('_bucket') ? ['le'] : [])];
  return {
    series: name,
    isTerm: true,
    promql: written.length === 0 ? name : `${name}{${written.join(', ')}}`,
    labels: labels as SeriesLabel<Name>[],
    metrics: [metric],
    selectsBy: Object.keys(matchers),
  };
}

/** The metric that a series belongs to. Throws for what is not in the table. */
export function metricOf(name: string): MetricName {
  if (Object.hasOwn(METRICS, name) && METRICS[name as MetricName].kind !== 'histogram') return name as MetricName;
  const base = name.replace(PARTS, '');
  if (base !== name && Object.hasOwn(METRICS, base) && METRICS[base as MetricName].kind === 'histogram') {
    return base as MetricName;
  }
  throw new Error(`${name} is no series of the table in src/sinks/metrics/metrics.ts.`);
}
