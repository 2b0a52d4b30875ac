/**
 * Tokens as the provider billed them. `undefined` is unknown, which is not zero. Cache reads and writes are parts of
 * `inputTokens`, reasoning is a part of `outputTokens`: never add them on top.
 */
export interface TokenUsage {
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
  readonly cacheReadTokens: number | undefined;
  readonly cacheWriteTokens: number | undefined;
  readonly reasoningTokens: number | undefined;
}

/**
 * Reads the usage of a language model of spec v2 (flat) or v3 and v4 (nested), or of an AI SDK result. Anything else,
 * and any field that is not a finite number of zero or more, is unknown.
 */
export function normalizeUsage(_usage: unknown): TokenUsage | undefined {
  return undefined;
}
