import { contentId } from './content-id.ts';
import { detect } from './detect.ts';
import { minifiedSource } from './json/minified-source.ts';
import { isFaithful, type JudgeContext, type Rewritten } from './judge.ts';
import type { EarlierResult } from './references/earlier-results.ts';
import {
  applyDifferences,
  writeDifferences,
  withRetrievalId,
  writeRepetition,
  type DifferenceManner,
  type ReferenceManner,
} from './references/reference-text.ts';
import type { EncodeManner, EncodingForm } from './strategy.ts';

/** A text could be sent as a reference to an earlier result. */
export interface JudgedReference {
  readonly text: string;
  readonly tokens: number;
  /** Without the id of the original: whether a reference is worth it does not depend on that. */
  readonly bareTokens: number;
  /** The id of the original, where the text says it. */
  readonly retrievalId: string | undefined;
  readonly manner: ReferenceManner;
  /** Of the text that the reference stands for. */
  readonly form: EncodingForm | undefined;
}

export interface ReferenceRequest {
  readonly text: string;
  /** The best form that says all without a reference, or the text itself. */
  readonly best: { readonly text: string; readonly tokens: number; readonly rewriting?: Rewritten['rewriting'] };
  readonly earlier: Pick<EarlierResult, 'text' | 'sentText' | 'rewriting'>;
  /** How a reader finds the earlier result. */
  readonly name: string;
  /** Whether the original can be asked for. */
  readonly isRecoverable: boolean;
}

/** Below this, a reference is hardly shorter than what it refers to. */
const LEAST_REFERRED_TOKENS = 80;

/** To put a text together from two places has to spare a reader this part of it. */
const WORTHWHILE_RATIO = 0.75;

/** A way that is easier to read may have this much more than the smallest. */
const EASE_ALLOWANCE = 1.3;

/**
 * The best reference to an earlier result, if it is worth it beside the best lossless form. Nothing is lost to a
 * reader of both: a difference is said to the very text that was sent for the earlier result, and was applied to it and
 * decoded before it is sent.
 */
export function judgeReference(
  request: ReferenceRequest,
  context: JudgeContext & EncodeManner,
): JudgedReference | undefined {
  const { text, best, earlier, name } = request;
  if (best.tokens < LEAST_REFERRED_TOKENS) return undefined;
  try {
    if (text === earlier.text) {
      const repetition = writeRepetition(text, name);
      const tokens = context.count(repetition.text);
      return tokens < best.tokens ? addId({ ...repetition, tokens, form: undefined }, request, context) : undefined;
    }
    const difference = bestDifference(request, context);
    return difference === undefined ? undefined : addId(difference, request, context);
  } catch (error) {
    context.onFault('earlier-result', error);
    return undefined;
  }
}

type BareReference = Omit<JudgedReference, 'bareTokens' | 'retrievalId'>;

/** Says how to ask for the whole too, where there is a way and room for it. */
function addId(bare: BareReference, request: ReferenceRequest, { count }: JudgeContext): JudgedReference {
  const without = { ...bare, bareTokens: bare.tokens, retrievalId: undefined };
  if (!request.isRecoverable) return without;
  const retrievalId = contentId(request.text);
  const text = withRetrievalId(bare.text, retrievalId);
  const tokens = count(text);
  return tokens < request.best.tokens ? { ...without, text, tokens, retrievalId } : without;
}

function bestDifference(
  { text, best, earlier, name }: ReferenceRequest,
  context: JudgeContext & EncodeManner,
): BareReference | undefined {
  const target = inFormOf(earlier.rewriting?.strategy, { text, best }, context);
  const sent = target === undefined ? undefined : { text: target.text, earlier: earlier.sentText };
  const judged = writeDifferences({ original: { text, earlier: earlier.text }, sent }, name)
    .filter((written) => written.text.length < text.length)
    .map((written) => ({ ...written, tokens: context.count(written.text) }))
    .filter(({ tokens }) => tokens <= best.tokens * WORTHWHILE_RATIO);
  const fewest = Math.min(...judged.map(({ tokens }) => tokens));
  const easiest = judged.find(({ tokens }) => tokens <= fewest * EASE_ALLOWANCE);
  const others = judged.toSorted((one, other) => one.tokens - other.tokens);
  for (const written of easiest === undefined ? [] : [easiest, ...others]) {
    const form = written.manner === 'json' ? undefined : target?.form;
    if (leadsBack(written, { text, earlier, form }, context)) return { ...written, form };
  }
  return undefined;
}

/** Two texts are compared in one form: as they are, or as the strategy writes them that wrote the earlier one. */
function inFormOf(
  strategyName: string | undefined,
  { text, best }: Pick<ReferenceRequest, 'text' | 'best'>,
  context: JudgeContext & EncodeManner,
): { readonly text: string; readonly form: EncodingForm | undefined } | undefined {
  if (strategyName === undefined) return { text, form: undefined };
  if (best.rewriting?.strategy === strategyName) return { text: best.text, form: best.rewriting.form };
  const strategy = context.repertoire.strategies.find(({ name }) => name === strategyName);
  const content = detect(text);
  const encoded = strategy?.kinds.includes(content.kind) === true ? strategy.encode(content, context) : undefined;
  return encoded === undefined ? undefined : { text: encoded.text, form: encoded.form };
}

function leadsBack(
  { manner, text: written }: { readonly manner: DifferenceManner; readonly text: string },
  { text, earlier, form }: Pick<ReferenceRequest, 'text' | 'earlier'> & { readonly form: EncodingForm | undefined },
  context: JudgeContext,
): boolean {
  if (manner === 'json') {
    return minifiedSource(applyDifferences(written, manner, earlier.text)) === minifiedSource(text);
  }
  const target = applyDifferences(written, manner, earlier.sentText);
  const strategy = earlier.rewriting?.strategy;
  if (strategy === undefined) return target === text;
  return isFaithful(detect(text), { text: target, rewriting: { strategy, form } }, context);
}
