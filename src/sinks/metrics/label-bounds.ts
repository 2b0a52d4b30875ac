import { identifierOr } from '../identifiers.ts';
import { METRIC_NAMES, METRICS, OPEN_LABELS, type MetricName } from './metrics.ts';

export type Labels = Readonly<Record<string, string>>;

export interface LabelBoundsOptions {
  /** Values that one label may have, over all metrics. */
  readonly maxLabelValues: number;
  /** Told of every value that became `other`. */
  readonly onOverflow: (label: string) => void;
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
  onOverflow,
}: LabelBoundsOptions): (name: MetricName, labels: Labels) => Labels {
  const valuesOf = new Map<string, Set<string>>(OPEN_LABELS.map((label) => [label, new Set<string>()]));
  const seriesOf = new Map<MetricName, Map<string, Labels>>(METRIC_NAMES.map((name) => [name, new Map()]));

  function boundValue(label: string, value: string): string {
    const values = valuesOf.get(label);
    if (values === undefined) return identifierOr(OTHER, value);
    if (value === '' || value === OTHER || values.has(value)) return value;
    // Lone surrogates would all be written as the same character: two series of one name, which spoils the whole scrape.
    const text = value.replace(/\p{Surrogate}/gu, '\uFFFD');
    if (values.has(text)) return text;
    if (values.size < maxLabelValues && text.length <= LONGEST_VALUE) {
      values.add(text);
      return text;
    }
    onOverflow(label);
    return OTHER;
  }

  function foldValue(label: string, value: string): string {
    if (!valuesOf.has(label) || value === '' || value === OTHER) return value;
    onOverflow(label);
    return OTHER;
  }

  return (name, labels) => {
    const labelNames = METRICS[name].labels;
    const values = labelNames.map((label) => boundValue(label, labels[label] ?? 'unknown'));
    const key = values.join(SEPARATOR);
    const series = seriesOf.get(name);
    const known = series?.get(key);
    if (known !== undefined) return known;
    const toLabels = (texts: readonly string[]): Labels =>
      Object.fromEntries(labelNames.map((label, index) => [label, texts[index] ?? OTHER]));
    if (series === undefined || series.size >= MAX_SERIES) {
      return toLabels(labelNames.map((label, index) => foldValue(label, values[index] ?? OTHER)));
    }
    const fresh = toLabels(values);
    series.set(key, fresh);
    return fresh;
  };
}
