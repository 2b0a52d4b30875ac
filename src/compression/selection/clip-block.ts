import { estimateTokens } from '../strategies/lines/estimate-tokens.ts';
import type { DocumentBlock } from './document-block.ts';
import { holdsTerm } from './query-terms.ts';
import type { QueryTerm } from './query-terms.ts';

export const ELISION = '[...]';
/** What reports put before a failure. */
export const FAILURE_SIGN = /[❌✗✘✖]|:x:/u;

/**
 * The text of a block, or, where that is too long, its first piece and those that hold the most terms, with a sign
 * where something is missing. Pieces are lines where there are many, else sentences, else stretches of words.
 */
export function clipBlock(
  { text, kind }: DocumentBlock,
  { terms, mostTokens }: { readonly terms: readonly QueryTerm[]; readonly mostTokens: number },
): string {
  if (estimateTokens(text) <= mostTokens * 1.3) return text;
  const pieces =
    kind === 'code' || text.split('\n', 6).length > 5 ? text.split('\n').map((line) => `${line}\n`) : sentencesOf(text);
  const own = pieces.map((piece) => weigh(piece, terms));
  const weights = own.map(
    (weight, index) => weight + NEIGHBOUR_SHARE * ((own[index - 1] ?? 0) + (own[index + 1] ?? 0)),
  );
  const order = [...pieces.keys()].toSorted((one, other) => (weights[other] ?? 0) - (weights[one] ?? 0) || one - other);
  const kept = new Set<number>();
  let spent = 0;
  for (const index of [0, ...order]) {
    if (kept.has(index)) continue;
    const cost = estimateTokens(pieces[index] ?? '');
    if (spent + cost > mostTokens && kept.size > 0) continue;
    kept.add(index);
    spent += cost;
  }
  let clipped = '';
  let isGap = false;
  for (const [index, piece] of pieces.entries()) {
    if (kept.has(index)) {
      clipped += piece;
      isGap = false;
    } else if (!isGap) {
      clipped += piece.endsWith('\n') ? `${ELISION}\n` : `${ELISION} `;
      isGap = true;
    }
  }
  clipped = clipped.trimEnd();
  const isFenced = kind === 'code' && text.startsWith('```');
  return isFenced && !clipped.endsWith('```') ? `${clipped}\n\`\`\`` : clipped;
}

const LONGEST_PIECE = 400;
/** A piece weighs this part of what those before and behind it do, besides its own. */
const NEIGHBOUR_SHARE = 0.3;

/** Sentences with the blanks behind them; what goes on for too long without an end is cut at a blank. */
function sentencesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  let start = 0;
  let blank = -1;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const isBlank = code === 32 || code === 10;
    const isLong = index - start >= LONGEST_PIECE;
    if (isBlank) blank = index;
    if (isBlank && (isLong || code === 10 || SENTENCE_ENDS.has(text.charCodeAt(index - 1)))) {
      pieces.push(text.slice(start, index + 1));
      start = index + 1;
    } else if (index - start >= 2 * LONGEST_PIECE) {
      const end = blank > start ? blank + 1 : index;
      pieces.push(text.slice(start, end));
      start = end;
    }
  }
  if (start < text.length) pieces.push(text.slice(start));
  return pieces;
}

/** `.`, `!`, `?`, `:`, `;`. */
const SENTENCE_ENDS: ReadonlySet<number> = new Set([46, 33, 63, 58, 59]);

/** What the question asks for weighs most; numbers say more than words. */
function weigh(piece: string, terms: readonly QueryTerm[]): number {
  const lowered = piece.toLowerCase();
  let weight = (DIGIT.test(piece) ? 0.3 : 0) + (FAILURE_SIGN.test(piece) ? 2 : 0);
  for (const term of terms) if (holdsTerm(lowered, term)) weight += term.weight;
  return weight;
}

const DIGIT = /\d/;
