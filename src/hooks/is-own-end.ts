/** Whether a run with this finish reason came to an end of its own, which says more than an error that was told before. */
export function isOwnEnd(finishReason: unknown): boolean {
  return OWN_ENDS.includes(finishReason);
}

const OWN_ENDS: readonly unknown[] = ['stop', 'length', 'content-filter', 'tool-calls'];
