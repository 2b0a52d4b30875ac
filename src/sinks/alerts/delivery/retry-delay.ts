const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
/** What another side asks for is honoured up to here. */
const LONGEST_RETRY_AFTER_MS = 5 * 60_000;

/**
 * How long to wait after so many failures in a row: half a second, doubled each time up to 30 seconds, of which a random
 * half is left out, so that many processes do not come back at once; and as long as the other side asked for.
 */
export function retryDelayMs(failures: number, random: () => number, retryAfterMs = 0): number {
  const longest = Math.min(FIRST_DELAY_MS * 2 ** Math.min(failures - 1, 20), LONGEST_DELAY_MS);
  return Math.max(Math.ceil(longest * (0.5 + random() / 2)), Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS));
}

/** Reads a `Retry-After` header: seconds, or a date. */
export function parseRetryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // Date.parse takes nearly anything: a date here begins with the name of a day.
  const dateMs = /^[A-Z][a-z]{2},/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}
