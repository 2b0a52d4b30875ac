/** Resolves when the work is done, has failed, or has taken `timeoutMs`, whichever comes first. Never rejects. */
export async function within(timeoutMs: number, work: Promise<unknown> | undefined): Promise<void> {
  if (work === undefined) return;
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  const done = work.then(
    () => {},
    () => {},
  );
  await Promise.race([done, tooLate]);
  clearTimeout(timer);
}
