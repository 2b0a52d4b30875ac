/** Where alerts fire and panels change their colour: one place for both. */
export const THRESHOLDS = {
  /** Below: compression costs time and saves little. */
  savingsRatio: 0.1,
  /** p95, above: compression takes longer than a model's first chunk. */
  compressionSeconds: 0.5,
  modelErrorRatio: 0.05,
  toolErrorRatio: 0.2,
  spendUsdPerHour: 50,
  /** Of the limit. */
  budgetNear: 0.8,
  budgetExhausted: 1,
  /** p95 of the share of the context window, above. */
  contextWindowRatio: 0.9,
  /** Of what it was a day ago, below. */
  cacheHitRatioLeft: 0.5,
  costUnknownRatio: 0.1,
} as const;
