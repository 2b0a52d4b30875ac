/** Where alerts fire and panels change their colour: one place for both. */
export const THRESHOLDS = {
  /** Share of the tokens of tool results, below: compression takes time and saves little. */
  savingsRatio: 0.1,
  /** p95 of one prompt, above. */
  compressionSeconds: 0.5,
  runErrorRatio: 0.1,
  modelErrorRatio: 0.05,
  toolErrorRatio: 0.2,
  spendUsdPerHour: 50,
  /** Of the limit. */
  budgetNear: 0.8,
  budgetExhausted: 1,
  /** p95 of the share of the context window, above. */
  contextWindowRatio: 0.9,
  /** What is left of the cache hit ratio of a day ago, below. */
  cacheHitRatioLeft: 0.5,
  /** Share of calls, above. */
  costUnknownRatio: 0.1,
} as const;
