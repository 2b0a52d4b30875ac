import type { CompressedText, CompressTextRequest } from '../compress-text.ts';
import type { DecideContext } from '../decide.ts';
import type { Rewritten } from '../judge.ts';
import type { JudgedReference, ReferenceRequest } from '../judge-reference.ts';
import type { EarlierResult } from './earlier-results.ts';
import { HeldReference } from './reference.ts';
import { withRetrievalId, writeSameSelection, type ReferenceManner } from './reference-text.ts';

export type JudgeReference = (
  request: ReferenceRequest,
  context: { readonly keepsValuesWhole: boolean } & Pick<CompressTextRequest, 'count' | 'onFault'>,
) => JudgedReference | undefined;

export interface ReferToEarlierRequest {
  readonly text: string;
  readonly request: CompressTextRequest;
  readonly compressed: CompressedText;
  /** The best form that says all, where it was not looked for yet. */
  readonly losslessOf: () => Rewritten | undefined;
  /** Whether the reference may name the id of the original, for those who want to read it all. */
  readonly isRecoverable: boolean;
}

/** The text as a reference to an earlier result that is the same, or that it differs little from, if that is worth it. */
export function referToEarlier(
  { text, request, compressed, losslessOf, isRecoverable }: ReferToEarlierRequest,
  context: DecideContext,
): Rewritten | undefined {
  const { earlier } = context;
  const { selected } = compressed;
  const found = earlier.findSame(text) ?? earlier.findSimilar(text);
  if (found !== undefined) {
    const lossless = compressed.lossless ?? (selected === undefined ? undefined : losslessOf());
    const best = lossless ?? { text, tokens: compressed.tokens };
    const name = earlier.nameOf(found);
    const judged = judgeOnce({ text, best, earlier: found, name, isRecoverable }, request, context);
    if (judged !== undefined && (selected !== undefined || !hasDrifted(judged, found, { best, earlier }))) {
      const { tokens, manner, form, retrievalId } = judged;
      return { text: judged.text, tokens, rewriting: { form, retrievalId, ...referTo(found, manner) } };
    }
  }
  return selected === undefined ? undefined : referToSelection(selected, request, context);
}

/** A text of which just the same is left out as was before. */
function referToSelection(
  selected: Rewritten,
  { count }: CompressTextRequest,
  { earlier }: DecideContext,
): Rewritten | undefined {
  const found = earlier.findSameSelection(selected.text);
  if (found === undefined) return undefined;
  const { retrievalId, leftOut } = selected.rewriting;
  const { manner, text: bare } = writeSameSelection(earlier.nameOf(found));
  const text = retrievalId === undefined ? bare : withRetrievalId(bare, retrievalId);
  const tokens = count(text);
  if (tokens >= selected.tokens) return undefined;
  return { text, tokens, rewriting: { retrievalId, leftOut, ...referTo(found, manner) } };
}

function referTo(earlier: EarlierResult, manner: ReferenceManner) {
  const { rewriting, messageIndex, partIndex, blockIndex, sentText: text } = earlier;
  const reference = new HeldReference({ manner, messageIndex, partIndex, blockIndex, rewriting, text });
  return { strategy: 'earlier-result', reference };
}

/** Differences from one result may come to so many times what sending it in full costs. */
const DRIFT_FACTOR = 2;

/** Whether results have drifted so far from the earlier one that sending this in full makes those that follow cheaper. */
function hasDrifted(
  { manner, bareTokens }: JudgedReference,
  found: EarlierResult,
  { best, earlier }: Pick<ReferenceRequest, 'best'> & Pick<DecideContext, 'earlier'>,
): boolean {
  return manner !== 'same' && earlier.differenceTokensOf(found) + bareTokens > DRIFT_FACTOR * best.tokens;
}

/** The memo's key holds all that the outcome depends on. Where the earlier result stands is not part of it. */
function judgeOnce(
  request: ReferenceRequest,
  { count, onFault, extent }: CompressTextRequest,
  { memo, family, forms }: DecideContext,
): JudgedReference | undefined {
  const { text, earlier, name, isRecoverable } = request;
  const keepsValuesWhole = extent !== 'lossless';
  const numbers = [earlier.text, earlier.sentText].map((each) => memo.traitsOf(each).number);
  const manner = [family, keepsValuesWhole, isRecoverable, ...numbers, earlier.rewriting?.strategy];
  return memo.references.getOrCompute(text, `${manner.join(' ')} ${name}`, () => {
    const judged = forms.judgeReference(request, { count, onFault, keepsValuesWhole });
    return { judged, sizeChars: judged?.text.length ?? 0 };
  }).judged;
}
