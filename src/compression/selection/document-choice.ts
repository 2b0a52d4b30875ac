import { estimateTokens } from '../strategies/lines/estimate-tokens.ts';
import { clipBlock, FAILURE_SIGN } from './clip-block.ts';
import type { DocumentBlock } from './document-block.ts';
import { queryTerms, scoreLines } from './query-terms.ts';

export interface ChoiceRequest {
  readonly query: string;
  readonly budgetTokens: number;
}

/** Parts of the budget that each of these may take. */
const OUTLINE_SHARE = 0.6;
const ANSWERS_SHARE = 0.45;
const AROUND_SHARE = 0.2;
const FAILURES_SHARE = 0.25;
const NEWEST_SHARE = 0.3;
/** Answers that stay, at least in part, whatever they cost. */
const SURE_ANSWERS = 8;
const SURE_SHARE = 0.7;
/** A heading answers for what is under it by this part of its score. */
const HEADING_SHARE = 0.5;
/** A block answers for its neighbours, at these distances, by these parts of its score. */
const NEIGHBOUR_SHARES = [
  [1, 0.25],
  [2, 0.12],
] as const;
/** What stands beside the content is what the query asks for only when it scores so much more. */
const ASIDE_SHARE = 0.6;
/** Blocks that a colon can announce. */
const MOST_ANNOUNCED = 6;
/** A block of more tokens is cut to its first sentence and those that answer. */
const LARGE_BLOCK_TOKENS = 90;
const LARGE_ANSWER_TOKENS = 260;
/** Headings that come so often under others are a form: they stay only where something under them does. */
const COMMON_HEADINGS = 4;
const COMMON_RANK = 3;

/**
 * Chooses the blocks of a document that stay, each as a whole or cut. Whatever the budget: the outline, as far as it
 * is one, and the best answers to the query. Within the budget: more answers and what stands around them, the newest
 * entry of a change log, how the document and each section begin.
 */
export function chooseBlocks(
  blocks: readonly DocumentBlock[],
  request: ChoiceRequest,
): readonly (string | undefined)[] {
  const { query, budgetTokens } = request;
  const kept: (string | undefined)[] = blocks.map(() => undefined);
  const terms = queryTerms(query);
  const headings = headingOfEach(blocks);
  let spent = 0;
  const keep = (
    index: number,
    { limit, mostTokens }: { readonly limit: number; readonly mostTokens: number },
  ): void => {
    const block = blocks[index];
    if (block === undefined || kept[index] !== undefined || spent >= limit) return;
    const text = clipBlock(block, { terms, mostTokens });
    const heading = headings[index] ?? -1;
    const isHeadingFree = heading < 0 || heading === index || kept[heading] !== undefined;
    const cost = estimateTokens(text) + 1 + (isHeadingFree ? 0 : estimateTokens(blocks[heading]?.text ?? '') + 2);
    if (spent + cost > limit) return;
    kept[index] = text;
    if (!isHeadingFree) kept[heading] = blocks[heading]?.text;
    spent += cost;
  };

  for (const index of outlineOf(blocks, budgetTokens * OUTLINE_SHARE)) {
    keep(index, { limit: Number.POSITIVE_INFINITY, mostTokens: LARGE_BLOCK_TOKENS });
  }
  const lead = blocks.findIndex(({ kind, isAside }) => kind !== 'heading' && !isAside);
  keep(lead, { limit: Number.POSITIVE_INFINITY, mostTokens: LARGE_ANSWER_TOKENS });

  const { answers, sure } = answersOf(blocks, query);
  for (const index of sure) keep(index, { limit: Number.POSITIVE_INFINITY, mostTokens: LARGE_ANSWER_TOKENS });
  let limit = spent + budgetTokens * AROUND_SHARE;
  for (const index of sure) {
    for (const part of announced(blocks, index)) keep(part, { limit, mostTokens: LARGE_ANSWER_TOKENS });
  }
  for (const distance of [1, -1, 2]) {
    for (const index of sure) {
      const neighbour = index + distance;
      if (headings[neighbour] === headings[index]) keep(neighbour, { limit, mostTokens: LARGE_ANSWER_TOKENS });
    }
  }
  limit = spent + budgetTokens * FAILURES_SHARE;
  for (const [index, { text }] of blocks.entries()) {
    if (FAILURE_SIGN.test(text)) keep(index, { limit, mostTokens: LARGE_BLOCK_TOKENS });
  }
  limit = spent + budgetTokens * ANSWERS_SHARE;
  for (const index of answers) keep(index, { limit, mostTokens: LARGE_BLOCK_TOKENS });
  limit = Math.min(budgetTokens, spent + budgetTokens * NEWEST_SHARE);
  for (const index of newestEntry(blocks)) keep(index, { limit, mostTokens: LARGE_BLOCK_TOKENS });
  for (const index of beginnings(blocks, headings))
    keep(index, { limit: budgetTokens, mostTokens: LARGE_BLOCK_TOKENS });
  keepTableHeads(blocks, kept);
  return kept;
}

/** Blocks that answer the query, the best first, and those among them that stay in any case. */
export function answersOf(
  blocks: readonly DocumentBlock[],
  query: string,
): { readonly answers: readonly number[]; readonly sure: readonly number[] } {
  const scores = scoreBlocks(blocks, query);
  const answers = [...scores.keys()]
    .filter((index) => (scores[index] ?? 0) > 0 && blocks[index]?.kind !== 'heading')
    .toSorted((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0) || one - other);
  const best = scores[answers[0] ?? 0] ?? 0;
  return { answers, sure: answers.slice(0, SURE_ANSWERS).filter((index) => (scores[index] ?? 0) >= best * SURE_SHARE) };
}

/** What follows a block that ends in a colon: a listing and what is said of it, or the items of a list. */
function announced(blocks: readonly DocumentBlock[], start: number): readonly number[] {
  const parts: number[] = [];
  for (let index = start; parts.length < MOST_ANNOUNCED; index++) {
    const block = blocks[index];
    const next = blocks[index + 1];
    if (block === undefined || next === undefined || next.kind === 'heading') break;
    const isAnnounced =
      block.text.endsWith(':') || block.kind === 'code' || (block.kind === 'item' && next.kind === 'item');
    if (!isAnnounced || (index === start && !block.text.endsWith(':'))) break;
    parts.push(index + 1);
  }
  return parts;
}

/** For each block the index of the heading it stands under, -1 for none. */
export function headingOfEach(blocks: readonly DocumentBlock[]): readonly number[] {
  let heading = -1;
  return blocks.map(({ kind }, index) => {
    if (kind === 'heading') heading = index;
    return heading;
  });
}

/** Headings from the highest level down, as long as they fit; those that repeat under many others are not in it. */
function outlineOf(blocks: readonly DocumentBlock[], limit: number): readonly number[] {
  const common = commonHeadings(blocks);
  const levels = new Map<number, number[]>();
  for (const [index, { kind, level, text, isAside }] of blocks.entries()) {
    if (kind !== 'heading' || isAside || common.has(text)) continue;
    const ranked = levels.get(level);
    if (ranked === undefined) levels.set(level, [index]);
    else ranked.push(index);
  }
  const outline: number[] = [];
  let spent = 0;
  for (const level of [...levels.keys()].toSorted((one, other) => one - other)) {
    for (const index of levels.get(level) ?? []) {
      spent += estimateTokens(blocks[index]?.text ?? '') + 8;
      if (spent > limit && outline.length > 0) return outline;
      outline.push(index);
    }
  }
  return outline;
}

function commonHeadings(blocks: readonly DocumentBlock[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { kind, text } of blocks) if (kind === 'heading') counts.set(text, (counts.get(text) ?? 0) + 1);
  return new Set([...counts.keys()].filter((text) => (counts.get(text) ?? 0) >= COMMON_HEADINGS));
}

/** What a block holds, and parts of what its heading and the blocks next to it in the section hold. */
function scoreBlocks(blocks: readonly DocumentBlock[], query: string): Float64Array {
  const headings = headingOfEach(blocks);
  const own = scoreLines(
    blocks.map(({ text }) => text),
    queryTerms(query),
  );
  return own.map((score, index) => {
    const heading = headings[index] ?? -1;
    let sum = score + (heading >= 0 && heading !== index ? (own[heading] ?? 0) * HEADING_SHARE : 0);
    for (const [distance, share] of NEIGHBOUR_SHARES) {
      for (const neighbour of [index - distance, index + distance]) {
        if (neighbour !== heading && headings[neighbour] === heading) sum += (own[neighbour] ?? 0) * share;
      }
    }
    return sum * (blocks[index]?.isAside === true ? ASIDE_SHARE : 1);
  });
}

/** The blocks of the first section that is named by a version or a date. */
function newestEntry(blocks: readonly DocumentBlock[]): readonly number[] {
  const start = blocks.findIndex(({ kind, text }) => kind === 'heading' && VERSION.test(text));
  if (start < 0) return [];
  const level = blocks[start]?.level ?? 0;
  const entry: number[] = [];
  for (let index = start + 1; index < blocks.length; index++) {
    const block = blocks[index];
    if (block === undefined || (block.kind === 'heading' && block.level <= level)) break;
    entry.push(index);
  }
  return entry;
}

const VERSION = /\d+\.\d+|\d{4}-\d\d-\d\d/;

/** The first block of every section, then the second ones, and so on; what stands under common headings comes later. */
function beginnings(blocks: readonly DocumentBlock[], headings: readonly number[]): readonly number[] {
  const common = commonHeadings(blocks);
  const ranks: number[][] = [];
  let heading = -1;
  let rank = 0;
  for (const [index, { kind, isAside }] of blocks.entries()) {
    if (headings[index] !== heading) {
      heading = headings[index] ?? -1;
      rank = common.has(blocks[heading]?.text ?? '') ? COMMON_RANK : 0;
    }
    if (kind === 'heading' || isAside) continue;
    (ranks[rank] ??= []).push(index);
    rank++;
  }
  return ranks.flat();
}

/** A row stays under that which heads its table. */
function keepTableHeads(blocks: readonly DocumentBlock[], kept: (string | undefined)[]): void {
  let header = -1;
  for (const [index, { kind, text }] of blocks.entries()) {
    if (kind !== 'row') header = -1;
    else if (header < 0 || text.includes('\n|--')) header = index;
    if (header >= 0 && kept[index] !== undefined) kept[header] ??= blocks[header]?.text;
  }
}
