/** The trace that a sample belongs to, as OpenTelemetry writes ids: 32 and 16 hexadecimal digits. */
export interface Exemplar {
  readonly traceId: string;
  readonly spanId: string;
}

/** The trace that this code works for, or `undefined` where there is none that anybody will find. */
export type ExemplarOf = () => Exemplar | undefined;

/** As Prometheus and Grafana name them. */
export type ExemplarLabels = Record<'trace_id' | 'span_id', string>;

const NO_LABELS: Readonly<Record<string, string>> = Object.freeze({});

/** The labels of an exemplar, none where there is no sound one: an exemplar may fail, a sample may not. */
export function exemplarLabels(exemplarOf: ExemplarOf): ExemplarLabels | Readonly<Record<string, string>> {
  try {
    const exemplar = exemplarOf();
    if (exemplar === undefined) return NO_LABELS;
    const { traceId, spanId } = exemplar;
    const isSound = /^[0-9a-f]{32}$/.test(traceId) && /^[0-9a-f]{16}$/.test(spanId);
    return isSound ? { trace_id: traceId, span_id: spanId } : NO_LABELS;
  } catch {
    return NO_LABELS;
  }
}
