/** What a metric is. Its name is the key in the table. */
interface MetricSpec {
  readonly help: string;
  readonly labels: readonly string[];
  /** As OpenTelemetry writes units. */
  readonly unit:
    | 's'
    | '1'
    | '{token}'
    | '{USD}'
    | '{call}'
    | '{run}'
    | '{result}'
    | '{retrieval}'
    | '{alert}'
    | '{change}'
    | '{error}'
    | '{fault}'
    | '{sample}';
}

interface CounterSpec extends MetricSpec {
  readonly kind: 'counter';
}

interface HistogramSpec extends MetricSpec {
  readonly kind: 'histogram';
  readonly buckets: readonly number[];
}

/**
 * A `gauge` counts what is open: it is moved up and down, and processes add up. A `level` is set to what it is now, and
 * of several processes the highest counts; so is `info`, which is always 1.
 */
interface GaugeSpec extends MetricSpec {
  readonly kind: 'gauge' | 'level' | 'info';
}

type Prefix = 'gen_ai' | 'headroom';

/** Names obey the compiler: base units at the end, `_total` for counters and for nothing else. */
export interface MetricTable {
  readonly [counter: `${Prefix}_${string}_total`]: CounterSpec;
  readonly [histogram: `${Prefix}_${string}_${'seconds' | 'tokens' | 'calls'}`]: HistogramSpec;
  readonly [ratio: `${Prefix}_${string}_ratio`]: HistogramSpec | GaugeSpec;
  readonly [gauge: `${Prefix}_${string}_${'active' | 'firing' | 'info'}`]: GaugeSpec;
}
