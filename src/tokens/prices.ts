import type { OptionCheck } from '../check-options.ts';
import { isByModel, matchModel, type ByModel } from './by-model.ts';
import type { TokenUsage } from './normalize-usage.ts';

/** What a model costs, in USD for a million tokens. */
export interface ModelPrice {
  /** Input that was neither read from the provider's cache nor written to it. */
  readonly input: number;
  readonly output: number;
  /** Input that was read from the provider's cache. @default input */
  readonly cacheRead?: number | undefined;
  /** Input that was written to the provider's cache. @default input */
  readonly cacheWrite?: number | undefined;
}

/**
 * Prices by name of the model, or by a pattern with stars. There is no list of prices in here: it would be out of date
 * before it is installed. Yours may look like this, with the figures of your contract:
 *
 * ```ts
 * const prices: Prices = {
 *   'gpt-5*': { input: 1.25, output: 10, cacheRead: 0.125 },
 *   'gpt-5-mini*': { input: 0.25, output: 2, cacheRead: 0.025 },
 *   'claude-opus-4*': { input: 15, output: 75, cacheRead: 1.5, cacheWrite: 18.75 },
 * };
 * ```
 */
export type Prices = ByModel<ModelPrice>;

/** A call as far as its price depends on it. */
export interface PricedCall {
  readonly provider: string | undefined;
  readonly model: string | undefined;
  readonly usage: TokenUsage | undefined;
}

/** What a call cost, in USD, or `undefined` where nobody knows. */
export type CostOf = (call: PricedCall) => number | undefined;

const TOKENS_PER_PRICE = 1_000_000;

/**
 * The cost of calls by these prices: of every token that the provider billed, at the price of its kind. A call without a
 * price, or whose usage is not told in full, has a cost that is not known, which is not zero.
 */
export function costByPrices(prices: Prices): CostOf {
  const priceOf = matchModel(prices);
  return ({ model, usage }) => {
    const price = model === undefined ? undefined : priceOf(model);
    if (price === undefined || usage?.inputTokens === undefined || usage.outputTokens === undefined) return undefined;
    const { inputTokens, outputTokens, cacheReadTokens = 0, cacheWriteTokens = 0 } = usage;
    // Cached tokens are a part of the input, whatever a provider says.
    const read = Math.min(cacheReadTokens, inputTokens);
    const written = Math.min(cacheWriteTokens, inputTokens - read);
    const { input, output, cacheRead = input, cacheWrite = input } = price;
    const sum =
      (inputTokens - read - written) * input + read * cacheRead + written * cacheWrite + outputTokens * output;
    return sum / TOKENS_PER_PRICE;
  };
}

/** Tokens that a call did not have to send. */
export interface SavedTokens {
  /** Of results that the model read for the first time. */
  readonly fresh: number;
  /** Of results that earlier calls had sent. */
  readonly repeated: number;
}

/**
 * What a call would have cost more with the tokens that it saved: its cost with them less its cost. Fresh tokens would
 * have been plain input. Repeated ones would have been read from the cache, if the call read anything from it: that is
 * the least they can have cost.
 */
export function savedCost(costOf: CostOf, call: PricedCall, { fresh, repeated }: SavedTokens): number | undefined {
  const { usage } = call;
  if (usage?.inputTokens === undefined) return undefined;
  const { cacheReadTokens } = usage;
  const isCached = cacheReadTokens !== undefined && cacheReadTokens > 0;
  const uncompressed: TokenUsage = {
    ...usage,
    inputTokens: usage.inputTokens + fresh + repeated,
    cacheReadTokens: isCached ? cacheReadTokens + repeated : cacheReadTokens,
  };
  const cost = costOf(call);
  const wouldCost = costOf({ ...call, usage: uncompressed });
  return cost === undefined || wouldCost === undefined ? undefined : Math.max(0, wouldCost - cost);
}

export const isPrices: OptionCheck = isByModel(
  'prices, each with input, output and perhaps cacheRead, cacheWrite',
  isPrice,
);

const PARTS = ['input', 'output', 'cacheRead', 'cacheWrite'];

function isPrice(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const entries: readonly [string, unknown][] = Object.entries(value).filter(([, part]) => part !== undefined);
  const isSound = ([name, part]: readonly [string, unknown]): boolean =>
    PARTS.includes(name) && typeof part === 'number' && Number.isFinite(part) && part >= 0;
  return 'input' in value && 'output' in value && entries.every(isSound);
}
