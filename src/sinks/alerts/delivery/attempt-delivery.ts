import type { Clock } from '../../../events/clock.ts';
import { AlertDeliveryError, type AlertDestination, type AlertNotice } from './destination.ts';

export const DEFAULT_TIMEOUT_MS = 5_000;

/** Tries once, for as long as the destination allows; returns why it failed, or `undefined`. Never rejects. */
export async function attemptDelivery(
  destination: AlertDestination,
  notices: readonly AlertNotice[],
  { clock, closing }: { readonly clock: Clock; readonly closing: AbortSignal },
): Promise<AlertDeliveryError | undefined> {
  const { timeoutMs = DEFAULT_TIMEOUT_MS } = destination;
  const timeout = new AbortController();
  const cancelTimeout = clock.schedule(() => timeout.abort(timedOut(timeoutMs)), timeoutMs);
  const signal = AbortSignal.any([timeout.signal, closing]);
  try {
    // What does not listen to the signal is left behind.
    await Promise.race([destination.deliver(notices, { signal, nowMs: clock.now() }), rejectOn(signal)]);
    return undefined;
  } catch (error) {
    return failureOf(timeout.signal.aborted ? timeout.signal.reason : error);
  } finally {
    cancelTimeout();
  }
}

function timedOut(timeoutMs: number): AlertDeliveryError {
  return new AlertDeliveryError(`No answer within ${timeoutMs} ms.`, { isRetryable: true });
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const abort = (): void => reject(failureOf(signal.reason));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}

/** Errors of others may quote addresses and secrets: only what is ours is kept. */
function failureOf(error: unknown): AlertDeliveryError {
  if (error instanceof AlertDeliveryError) return error;
  return new AlertDeliveryError('The delivery failed.', { isRetryable: true });
}
