import type { Decision, DecisionReason } from '../compression/decision.ts';
import { formatRanges } from '../compression/notice.ts';
import { countOf, formatCount } from './number-format.ts';
import type { Restoration } from './restore-result.ts';

const REASONS: Readonly<Record<DecisionReason, string>> = {
  compressed: 'fewer tokens in this form',
  'below-minimum': 'so few tokens that it is left alone',
  'not-smaller': 'no form of it has fewer tokens',
  'error-result': 'errors are never rewritten',
  'provider-executed': 'the provider ran the tool and wants its result back as it was',
  'excluded-tool': 'a rule excludes its tool',
  'own-result': 'the answer of headroom_retrieve is never rewritten',
  'too-large': 'so long that it is not looked into',
  unsupported: 'it holds no text',
  'store-failed': 'the store did not take the original, so nothing was left out',
  fault: 'the engine failed on it, and the original went through',
  aborted: 'it was aborted before',
};

const RESTORATIONS: Readonly<Record<Restoration, string>> = {
  exact: 'comes back character by character',
  json: 'comes back as the same JSON, with other white space',
  'given-up': 'is given up for good, as --loss allowed allows',
  failed: 'DOES NOT COME BACK',
  unchanged: 'is unchanged',
  'not-checked': 'was not checked',
};

/** Why a result became what it did, in a few words. */
export function explainReason({ reason, isOverMax }: Decision): string {
  return isOverMax === true ? `${REASONS[reason]}; MORE TOKENS THAN ALLOWED` : REASONS[reason];
}

/** What came of turning it back: the words that follow "the original". */
export function explainRestoration(restoration: Restoration): string {
  return RESTORATIONS[restoration];
}

/** `1,423 of 1,605 lines left out`, `all 60 lines replaced`, or nothing. */
export function explainLeftOut({ rewriting }: Decision): string | undefined {
  if (rewriting?.leftOut === undefined) return undefined;
  const { unit, total, ranges } = rewriting.leftOut;
  const missing = ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  const all = countOf(total, unit.slice(0, -1));
  return missing === total ? `all ${all} replaced` : `${formatCount(missing)} of ${all} left out`;
}

/** `3-69`, or one number. */
export function formatRange(range: { readonly first: number; readonly last: number }): string {
  return formatRanges([range]);
}
