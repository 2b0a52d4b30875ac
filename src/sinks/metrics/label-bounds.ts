import { identifierOr } from '../identifiers.ts';
import { METRIC_NAMES, METRICS, OPEN_LABELS, type MetricName } from './metrics.ts';

export type Labels = Readonly<Record<string, string>>;

export interface LabelBoundsOptions {
  /** Values that one label may have, over all metrics. */
  readonly maxLabelValues: number;
}

/** Labels as they are written, the same object for the same labels, and which of them became `other` on the way. */
export interface BoundedLabels {
  readonly labels: Labels;
  readonly overflowing: readonly string[];
}

/** Label sets of one metric: a histogram of 2,000 sets takes 70 ms to write at each scrape. */
const MAX_SERIES = 2_000;
const LONGEST_VALUE = 200;
const OTHER = 'other';
/** Half of a character, which no value can hold: it keeps two label sets from having one key. */
const SEPARATOR = '\uD800';

/**
 * Keeps labels within bounds, whatever names users and models come up with. A value that is one too many, too long, or
 * part of a label set that is one too many, becomes `other`: samples move, and sums stay what they are. The same labels
 * always come out the same.
 */
export function createLabelBounds({
  maxLabelValues,
}: LabelBoundsOptions): (name: MetricName, labels: Labels) => BoundedLabels {
  const valuesOf = new Map<string, Set<string>>(OPEN_LABELS.map((label) => [label, new Set<string>()]));
  const seriesOf = new Map<MetricName, Map<string, Labels>>(METRIC_NAMES.map((name) => [name, new Map()]));

  function boundValue(label: string, value: string): string {
    const values = valuesOf.get(label);
    if (values === undefined) return identifierOr(OTHER, value);
    if (value === '' || value === OTHER || values.has(value)) return value;
    // Lone surrogates would all be written as the same character: two series of one name, which spoils the whole scrape.
    const text = value.replace(/\p{Surrogate}/gu, '\uFFFD');
    if (values.has(text)) return text;
    if (values.size >= maxLabelValues || text.length > LONGEST_VALUE) return OTHER;
    values.add(text);
    return text;
  }

  /** Takes labels that are one set too many together with all others like them. */
  function fold(labelNames: readonly string[], values: readonly string[]): readonly string[] {
    return values.map((value, index) => (value !== '' && valuesOf.has(labelNames[index] ?? '') ? OTHER : value));
  }

  return (name, given) => {
    const labelNames: readonly string[] = METRICS[name].labels;
    const before = labelNames.map((label) => given[label] ?? 'unknown');
    const series = seriesOf.get(name) ?? new Map<string, Labels>();
    let values = labelNames.map((label, index) => boundValue(label, before[index] ?? OTHER));
    if (!series.has(values.join(SEPARATOR)) && series.size >= MAX_SERIES) values = [...fold(labelNames, values)];
    const key = values.join(SEPARATOR);
    const labels =
      series.get(key) ??
      Object.freeze(Object.fromEntries(labelNames.map((label, index) => [label, values[index] ?? OTHER])));
    series.set(key, labels);
    const overflowing = labelNames.filter(
      (label, index) => valuesOf.has(label) && values[index] === OTHER && before[index] !== OTHER,
    );
    return { labels, overflowing };
  };
}
