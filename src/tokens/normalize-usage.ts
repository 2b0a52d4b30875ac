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

type Fields = Readonly<Record<string, unknown>>;

const NO_FIELDS: Fields = {};

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : NO_FIELDS;
}

/** The first of the candidates that is a count of tokens. Adding 0 turns -0 into 0. */
function firstCount(...candidates: readonly unknown[]): number | undefined {
  for (const candidate of candidates) {
    if (typeof candidate === 'number' && Number.isFinite(candidate) && candidate >= 0) return candidate + 0;
  }
  return undefined;
}

function knownOrUndefined(usage: TokenUsage): TokenUsage | undefined {
  return Object.values(usage).some((count) => count !== undefined) ? usage : undefined;
}

/**
 * Reads the usage of a language model of spec v2 (flat) or v3 and v4 (nested), or of an AI SDK result (totals with
 * details). Anything else, and any field that is not a finite number of zero or more, is unknown; when all is unknown the
 * usage is `undefined`. Nothing is derived: a total that the provider did not give stays unknown.
 */
export function normalizeUsage(usage: unknown): TokenUsage | undefined {
  const fields = fieldsOf(usage);
  const input = fieldsOf(fields['inputTokens']);
  const output = fieldsOf(fields['outputTokens']);
  const inputDetails = fieldsOf(fields['inputTokenDetails']);
  const outputDetails = fieldsOf(fields['outputTokenDetails']);
  return knownOrUndefined({
    inputTokens: firstCount(input['total'], fields['inputTokens']),
    outputTokens: firstCount(output['total'], fields['outputTokens']),
    cacheReadTokens: firstCount(input['cacheRead'], inputDetails['cacheReadTokens'], fields['cachedInputTokens']),
    cacheWriteTokens: firstCount(input['cacheWrite'], inputDetails['cacheWriteTokens']),
    reasoningTokens: firstCount(output['reasoning'], outputDetails['reasoningTokens'], fields['reasoningTokens']),
  });
}

function addCounts(first: number | undefined, second: number | undefined): number | undefined {
  return first === undefined || second === undefined ? (first ?? second) : first + second;
}

/** The sum of two usages, field by field: unknown and known is the known, and only unknown and unknown stays unknown. */
export function addUsage(first: TokenUsage | undefined, second: TokenUsage | undefined): TokenUsage | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return {
    inputTokens: addCounts(first.inputTokens, second.inputTokens),
    outputTokens: addCounts(first.outputTokens, second.outputTokens),
    cacheReadTokens: addCounts(first.cacheReadTokens, second.cacheReadTokens),
    cacheWriteTokens: addCounts(first.cacheWriteTokens, second.cacheWriteTokens),
    reasoningTokens: addCounts(first.reasoningTokens, second.reasoningTokens),
  };
}
