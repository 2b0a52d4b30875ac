import type { Fields } from './answer-reader.ts';

const NONE: Fields = {};

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : NONE;
}

export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

interface Tokens {
  readonly input: unknown;
  readonly output: unknown;
  readonly cacheRead: unknown;
  readonly cacheWrite?: unknown;
  readonly reasoning: unknown;
}

/** Usage in the shape that `normalizeUsage` reads, without what the provider did not tell. */
export function tokensOf({ input, output, cacheRead, cacheWrite, reasoning }: Tokens): unknown {
  const told = {
    inputTokens: countOf(input),
    cachedInputTokens: countOf(cacheRead),
    cacheWriteTokens: countOf(cacheWrite),
    outputTokens: countOf(output),
    reasoningTokens: countOf(reasoning),
  };
  const { cacheWriteTokens, ...flat } = Object.fromEntries(
    Object.entries(told).filter(([, count]) => count !== undefined),
  );
  return cacheWriteTokens === undefined ? flat : { ...flat, inputTokenDetails: { cacheWriteTokens } };
}

/** What a provider calls an error: a word of its API, never a sentence. */
export function nameOfError(error: unknown): string {
  const { code, type } = fieldsOf(error);
  return [code, type].find((name) => typeof name === 'string' && /^[\w$.]{1,80}$/.test(name))?.toString() ?? 'Error';
}
