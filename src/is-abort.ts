/** Whether an error says that someone gave up waiting: an abort or a timeout, or an error caused by one. */
export function isAbort(error: unknown): boolean {
  // A chain of causes can be a circle.
  for (let cause = error, depth = 0; depth < 10; depth++) {
    if (typeof cause !== 'object' || cause === null) return false;
    const { name, constructor } = cause as {
      readonly name?: unknown;
      readonly constructor?: { readonly name?: unknown };
    };
    if (name === 'AbortError' || name === 'TimeoutError' || CLIENT_ABORTS.has(constructor?.name)) return true;
    cause = (cause as { readonly cause?: unknown }).cause;
  }
  return false;
}

/** Whether what threw this was given up on, by its signal or by what it threw. */
export function isGivenUp(error: unknown, signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true || isAbort(error);
}

/** Classes of `openai` and `@anthropic-ai/sdk`, whose errors are all named `Error`. */
const CLIENT_ABORTS: ReadonlySet<unknown> = new Set(['APIUserAbortError', 'APIConnectionTimeoutError']);
