import { APICallError, RetryError } from 'ai';

/** One sentence, for a person, on why the model could not be asked. */
export function explainError(error: unknown, { baseUrl }: { readonly baseUrl: string }): string {
  const cause = RetryError.isInstance(error) ? error.lastError : error;
  if (!APICallError.isInstance(cause)) return oneLine(`The run failed: ${messageOf(cause)}`);
  if (cause.statusCode !== undefined) {
    return oneLine(`The model at ${baseUrl} answered ${cause.statusCode}: ${cause.message}`);
  }
  const reason = cause.cause instanceof Error ? deepest(cause.cause) : cause.message;
  return oneLine(`The model at ${baseUrl} can not be reached: ${reason}`);
}

/** `fetch` says "fetch failed" and hides the reason underneath. */
function deepest(error: Error): string {
  return error.cause instanceof Error ? deepest(error.cause) : messageOf(error);
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return error.message === '' ? code : error.message;
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.endsWith('.') ? line : `${line}.`;
}
