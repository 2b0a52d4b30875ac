import { VERSION } from '../../version.ts';
import { AlertDeliveryError } from './destination.ts';
import { parseRetryAfterMs } from './retry-delay.ts';

export interface PostTarget {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: typeof globalThis.fetch;
}

/** Answers that may be another one next time. */
const RETRYABLE = new Set([408, 425, 429]);

/**
 * Posts JSON and throws an `AlertDeliveryError` unless it is taken. What the error says holds neither the address nor
 * what the other side answered. A redirect is not followed: the address may be a secret, and so may the headers.
 */
export async function postJson(
  { url, headers, fetch }: PostTarget,
  body: string,
  { signal, nowMs }: { readonly signal: AbortSignal; readonly nowMs: number },
): Promise<void> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': `headroom-hooks/${VERSION}`, ...headers },
      body,
      signal,
      redirect: 'manual',
    });
  } catch {
    throw new AlertDeliveryError('It could not be reached.', { isRetryable: true });
  }
  // Else the connection stays taken.
  await response.body?.cancel().catch(() => {});
  if (response.ok) return;
  const { status } = response;
  throw new AlertDeliveryError(`It answered with status ${status}.`, {
    isRetryable: status >= 500 || RETRYABLE.has(status),
    retryAfterMs: parseRetryAfterMs(response.headers.get('retry-after'), nowMs),
  });
}
