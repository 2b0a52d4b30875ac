import type { MetricName } from '../metrics/metrics.ts';
import { instrumentOf, type InstrumentSpec } from './metric-names.ts';
import type { SemconvRevision } from './semconv.ts';

/** An instrument that samples of a metric go to, with what they carry besides their labels. */
export interface MetricTarget {
  readonly spec: InstrumentSpec;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a metric was in v1.41, where that had another for the same; `none` where a sum of another tells it. */
const OLDER: Partial<Record<MetricName, 'none' | { readonly name: string; readonly tokenType?: 'input' | 'output' }>> =
  {
    gen_ai_client_inference_duration_seconds: { name: 'gen_ai.client.operation.duration' },
    gen_ai_client_inference_time_to_first_chunk_seconds: { name: 'gen_ai.client.operation.time_to_first_chunk' },
    gen_ai_client_inference_operation_input_tokens: { name: 'gen_ai.client.token.usage', tokenType: 'input' },
    gen_ai_client_inference_operation_output_tokens: { name: 'gen_ai.client.token.usage', tokenType: 'output' },
    gen_ai_client_inference_usage_input_tokens_total: 'none',
    gen_ai_client_inference_usage_output_tokens_total: 'none',
  };

/**
 * Where the samples of a metric go in a revision of the conventions. Metrics that are new since v1.41 have one name in
 * all of them. https://github.com/open-telemetry/semantic-conventions-genai, docs/gen-ai/non-normative/migration.md.
 */
export function targetsOf(name: MetricName, semconv: SemconvRevision): readonly MetricTarget[] {
  const latest: MetricTarget = { spec: instrumentOf(name), attributes: {} };
  const older = OLDER[name];
  if (semconv === 'latest' || older === undefined) return [latest];
  const targets = semconv === 'both' ? [latest] : [];
  if (older === 'none') return targets;
  const { tokenType } = older;
  const description = tokenType === undefined ? latest.spec.description : 'Tokens of one model call, by type.';
  return [
    ...targets,
    {
      spec: { ...latest.spec, name: older.name, description },
      attributes: tokenType === undefined ? {} : { 'gen_ai.token.type': tokenType },
    },
  ];
}
