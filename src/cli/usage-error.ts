/** What the caller has to change: wrong options, or an input that can not be read. Its message is one sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
