/** `12,345`, the same in every locale. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** The part of `before` that is gone, `75.1 %`; `0.0 %` where there was nothing. */
export function formatSaved(before: number, after: number): string {
  return `${savedPercent(before, after).toFixed(1)} %`;
}

/** 0 to 100. */
export function savedPercent(before: number, after: number): number {
  return before === 0 ? 0 : (100 * (before - after)) / before;
}

/** `1 line`, `2,000 lines`. */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${count === 1 ? noun : `${noun}s`}`;
}
