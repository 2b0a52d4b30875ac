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
  const seriesOf = new Map<MetricName, Set<string>>(METRIC_NAMES.map((name) => [name, new Set<string>()]));

  function boundValue(label: string, value: string): string {
    const values = valuesOf.get(label);
    if (values === undefined) return identifierOr(OTHER, value);
    if (value === '' || value === OTHER) return value;
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

  return (name, labels) => {
    const bounded: [label: string, value: string][] = METRICS[name].labels.map((label) => [
      label,
      boundValue(label, labels[label] ?? 'unknown'),
    ]);
    const series = seriesOf.get(name);
    const key = bounded.map(([, value]) => value).join('\n');
    if (series === undefined || series.has(key)) return Object.fromEntries(bounded);
    if (series.size < MAX_SERIES) {
      series.add(key);
      return Object.fromEntries(bounded);
    }
    return Object.fromEntries(
      bounded.map(([label, value]) => {
        if (!valuesOf.has(label) || value === '' || value === OTHER) return [label, value];
        onOverflow(label);
        return [label, OTHER];
      }),
    );
  };
}
