import type { SemconvRevision } from './semconv.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The revision of the conventions to write. Who operates a service has the last word: `gen_ai_latest_experimental` in
 * `OTEL_SEMCONV_STABILITY_OPT_IN`, a list with commas, is `latest` whatever the code asks for.
 */
export function semconvOf(asked: SemconvRevision | undefined, environment: Environment = process.env): SemconvRevision {
  const optIns = (environment['OTEL_SEMCONV_STABILITY_OPT_IN'] ?? '').split(',').map((name) => name.trim());
  return optIns.includes('gen_ai_latest_experimental') ? 'latest' : (asked ?? 'latest');
}
