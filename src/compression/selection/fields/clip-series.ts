import { childrenOf, isContainer } from '../../json/children-of.ts';
import type { JsonNode, JsonScalar } from '../../json/parse-json.ts';
import { stringValue } from '../../json/string-value.ts';
import { writeJson } from '../../json/write-json.ts';
import { estimateTokens } from '../../strategies/records/estimate-tokens.ts';
import { matches, type QueryTerms } from '../record-relevance.ts';
import { clipString, type ShownValue } from './clip-text.ts';

const SLACK_TOKENS = 12;
/** Of a list of long texts each gets this part of what the list may cost. */
const LONG_ITEM_SHARE = 0.6;
const LEAST_ITEM_TOKENS = 12;
const MOST_ASKED = 6;

/** A leaf of a document as it is shown in about so many tokens: a scalar, what is empty, or a series of values. */
export function showLeaf(node: JsonNode, allowedTokens: number, terms: QueryTerms): ShownValue {
  if (node.type === 'string') return clipString(node.source, allowedTokens, terms);
  if (!isContainer(node)) return { text: node.source, isWhole: true };
  const whole = writeJson(node);
  if (estimateTokens(whole) <= allowedTokens + SLACK_TOKENS && !hasLongText(node))
    return { text: whole, isWhole: true };
  return clipSeries(node, allowedTokens, terms);
}

const LONG_TEXT = 400;

function hasLongText(node: JsonNode): boolean {
  return childrenOf(node).some(
    ({ type, ...item }) => type === 'string' && 'source' in item && item.source.length > LONG_TEXT,
  );
}

/** The first items, the last, the extremes and those that were asked for; what the others are, in their place. */
function clipSeries(node: JsonNode, allowedTokens: number, terms: QueryTerms): ShownValue {
  const items = childrenOf(node);
  const keys = node.type === 'object' ? node.keys : undefined;
  const each = Math.max(LEAST_ITEM_TOKENS, allowedTokens * LONG_ITEM_SHARE);
  const written = items.map((item, index) => {
    const key = keys === undefined ? '' : `${keys[index] ?? ''}:`;
    if (item.type !== 'string') return { text: key + writeJson(item), isWhole: true };
    const { text, isWhole } = clipString(item.source, each, terms);
    return { text: key + text, isWhole };
  });
  const kept = pickItems(items, { costs: written.map(({ text }) => estimateTokens(text) + 1), allowedTokens, terms });
  const hiddenItems = items.flatMap((_item, index) =>
    kept.has(index) && written[index]?.isWhole === true ? [] : [index],
  );
  const hidden = items.filter((_item, index) => !kept.has(index));
  const parts: string[] = [];
  let missing = 0;
  let isFirstGap = true;
  const endGap = (): void => {
    if (missing === 0) return;
    parts.push(isFirstGap ? `<${missing} more${describe(hidden)}>` : `<${missing} more>`);
    isFirstGap = false;
    missing = 0;
  };
  for (const [index, { text }] of written.entries()) {
    if (!kept.has(index)) {
      missing++;
      continue;
    }
    endGap();
    parts.push(text);
  }
  endGap();
  const text = parts.join(',');
  const whole = node.type === 'object' ? `{${text}}` : `[${text}]`;
  return { text: whole, isWhole: hiddenItems.length === 0, hidden: hiddenItems };
}

function pickItems(
  items: readonly JsonNode[],
  {
    costs,
    allowedTokens,
    terms,
  }: { readonly costs: readonly number[]; readonly allowedTokens: number; readonly terms: QueryTerms },
): ReadonlySet<number> {
  const kept = new Set<number>();
  let left = allowedTokens;
  const keep = (index: number): void => {
    const cost = costs[index] ?? 0;
    if (index < 0 || kept.has(index) || (left < cost && kept.size > 0)) return;
    kept.add(index);
    left -= cost;
  };
  keep(0);
  keep(items.length - 1);
  for (const index of extremesOf(items).toReversed()) keep(index);
  for (const index of askedItems(items, terms)) keep(index);
  if (numbersOf(items) !== undefined && items.length > MOST_NUMBERS) left = Math.min(left, 24);
  for (const index of items.keys()) {
    if (left <= 0) break;
    keep(index);
  }
  return kept;
}

/** The texts that hold the most of what was asked for, the best first. */
function askedItems(items: readonly JsonNode[], terms: QueryTerms): readonly number[] {
  const scored: { readonly index: number; readonly score: number }[] = [];
  for (const [index, item] of items.entries()) {
    if (item.type !== 'string') continue;
    let score = 0;
    for (const term of matches(stringValue(item.source), terms)) score += terms.get(term) ?? 1;
    if (score > 0) scored.push({ index, score });
  }
  scored.sort((one, other) => other.score - one.score || one.index - other.index);
  return scored.slice(0, MOST_ASKED).map(({ index }) => index);
}

/** More numbers than this say little one by one. */
const MOST_NUMBERS = 32;

/** The number of each item: itself, or the last of a point. */
function numbersOf(items: readonly JsonNode[]): readonly number[] | undefined {
  const numbers: number[] = [];
  for (const item of items) {
    const scalar = item.type === 'array' ? item.items.at(-1) : item;
    const number = scalar === undefined || isContainer(scalar) ? Number.NaN : numberOf(scalar);
    if (!Number.isFinite(number)) return undefined;
    numbers.push(number);
  }
  return numbers.length === 0 ? undefined : numbers;
}

/** Metrics servers write numbers as strings. */
function numberOf({ type, source }: JsonScalar): number {
  if (type === 'number') return Number(source);
  return type === 'string' && /^"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?"$/i.test(source)
    ? Number(source.slice(1, -1))
    : Number.NaN;
}

function extremesOf(items: readonly JsonNode[]): readonly number[] {
  const numbers = numbersOf(items);
  if (numbers === undefined) return [];
  let lowest = 0;
  let highest = 0;
  for (const [index, number] of numbers.entries()) {
    if (number < (numbers[lowest] ?? 0)) lowest = index;
    if (number > (numbers[highest] ?? 0)) highest = index;
  }
  return lowest === highest ? [] : [lowest, highest];
}

/** `: 3 to 88, mean 41.2` of numbers, the first two as they are spelled. */
function describe(hidden: readonly JsonNode[]): string {
  const numbers = numbersOf(hidden);
  if (numbers === undefined || numbers.length < 3) return '';
  const [lowest = 0, highest = 0] = extremesOf(hidden);
  const least = sourceOf(hidden[lowest]);
  if (lowest === highest) return `, all ${least}`;
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  return `: ${least} to ${sourceOf(hidden[highest])}, mean ${Number(mean.toPrecision(4))}`;
}

function sourceOf(item: JsonNode | undefined): string {
  const scalar = item?.type === 'array' ? item.items.at(-1) : item;
  if (scalar === undefined || isContainer(scalar)) return '';
  return scalar.type === 'string' ? scalar.source.slice(1, -1) : scalar.source;
}
