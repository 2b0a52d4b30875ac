/** Resolves once the condition holds; rejects when it has not for five seconds. */
export async function until(condition: () => boolean): Promise<void> {
  const deadlineMs = performance.now() + 5_000;
  while (!condition()) {
    if (performance.now() > deadlineMs) throw new Error('What was waited for did not happen.');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
