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

/** Values that ask for content on spans; others, such as `EVENT_ONLY`, ask for none or for what is not written here. */
const CAPTURING: ReadonlySet<string> = new Set(['true', '1', 'span_only', 'span_and_event']);

/** Whether `OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT` asks for content on spans. */
export function capturesContent(environment: Environment = process.env): boolean {
  const asked = environment['OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT'] ?? '';
  return CAPTURING.has(asked.trim().toLowerCase());
}
