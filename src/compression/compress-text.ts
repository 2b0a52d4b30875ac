import type { TokenCounter } from '../tokens/count-tokens.ts';
import type { Content, ContentKind } from './content.ts';
import { detect } from './detect.ts';
import { InnerTexts } from './envelopes/inner-texts.ts';
import {
  isWorthwhile,
  judgeLarge,
  type LargeSelection,
  judgeLossless,
  judgeSelection,
  type Repertoire,
  type Rewritten,
  type SelectionContext,
} from './judge.ts';
import { judgeReference as judge } from './judge-reference.ts';
import type { JudgeReference } from './references/refer-to-earlier.ts';
import type { Grammars } from './code/load-grammars.ts';
import { SELECTIONS, STRATEGIES } from './strategies/all-strategies.ts';
import type { TokenLimits } from './token-limits.ts';

export { areWhole } from './code/load-grammars.ts';
export { detect } from './detect.ts';
export { InnerTexts } from './envelopes/inner-texts.ts';
export { loadGrammarsFor } from './load-grammars-for.ts';

export interface CompressTextRequest {
  readonly count: TokenCounter;
  /** What was asked, for choosing what stays. */
  readonly query: string;
  /** `lossless` leaves nothing out; `recoverable` names the id of the original, `lossy` does not. */
  readonly extent: 'lossless' | 'recoverable' | 'lossy';
  readonly limits: TokenLimits & { readonly minTokens: number };
  /** What is known of this text already. Without grammars, code is left whole. */
  readonly known?: KnownText | undefined;
  readonly onFault: (strategy: string, error: unknown) => void;
  readonly repertoire?: Repertoire | undefined;
}

/** What does not depend on what is asked. */
export interface KnownText {
  readonly tokens: number;
  readonly content: Content;
  readonly inner: InnerTexts;
  /** What `loadGrammarsFor` gave for this content. */
  readonly grammars: Grammars | undefined;
  /** What `findLossless` gives for this content, if it comes to that. */
  readonly lossless: () => LosslessForm;
}

export interface LosslessForm {
  /** The best form that says all, if there is one smaller than the text. */
  readonly form: Rewritten | undefined;
  readonly sizeChars: number;
}

/** The forms in which one text could be sent. */
export interface CompressedText {
  readonly contentKind: ContentKind;
  readonly tokens: number;
  readonly isBelowMinimum: boolean;
  /** The best form that says all. Not looked for where `selected` is so small that it would win in any case. */
  readonly lossless: Rewritten | undefined;
  /** The best form that leaves something out, when that is worth it and allowed. */
  readonly selected: Rewritten | undefined;
  readonly sizeChars: number;
}

const EVERYTHING: Repertoire = { strategies: STRATEGIES, selections: SELECTIONS };

/** Finds the forms of one text. A pure function of the text and the request. */
export function compressText(text: string, request: CompressTextRequest): CompressedText {
  const { count, limits, extent, query, known, onFault, repertoire = EVERYTHING } = request;
  const tokens = known?.tokens ?? count(text);
  if (tokens < limits.minTokens) return belowMinimum(tokens);
  const content = known?.content ?? detect(text);
  const inner = known?.inner ?? new InnerTexts();
  const context: SelectionContext = {
    count,
    inner,
    repertoire,
    onFault,
    query,
    limits,
    grammars: known?.grammars,
    isRecoverable: extent === 'recoverable',
  };
  const large = extent === 'lossless' ? undefined : judgeLarge(content, tokens, context);
  const lossless =
    large?.isSmall === true
      ? undefined
      : (known?.lossless() ?? findLossless(content, tokens, { ...request, inner })).form;
  const selected =
    extent === 'lossless' ? undefined : select(content, { large, best: lossless ?? { tokens } }, context);
  return {
    contentKind: content.kind,
    tokens,
    isBelowMinimum: false,
    lossless,
    selected,
    sizeChars: selected?.text.length ?? 0,
  };
}

/** What is left out of a large text has been found already. */
function select(
  content: Content,
  { large, best }: { readonly large: LargeSelection | undefined; readonly best: { readonly tokens: number } },
  context: SelectionContext,
): Rewritten | undefined {
  if (large === undefined) return judgeSelection(content, best, context);
  const { selected, isSmall } = large;
  return selected !== undefined && (isSmall || isWorthwhile(selected, best)) ? selected : undefined;
}

/** A text that is too small to look into. */
export function belowMinimum(tokens: number): CompressedText {
  return {
    contentKind: 'text',
    tokens,
    isBelowMinimum: true,
    lossless: undefined,
    selected: undefined,
    sizeChars: 0,
  };
}

/** Finds the best form of one text that says all. A pure function of the content and the request, but for the query. */
export function findLossless(
  content: Content,
  tokens: number,
  {
    count,
    extent,
    onFault,
    repertoire = EVERYTHING,
    inner,
  }: Pick<CompressTextRequest, 'count' | 'extent' | 'onFault' | 'repertoire'> & { readonly inner: InnerTexts },
): LosslessForm {
  const form = judgeLossless(content, tokens, {
    count,
    repertoire,
    onFault,
    inner,
    keepsValuesWhole: extent !== 'lossless',
  });
  return { form, sizeChars: form?.text.length ?? 0 };
}

/** Finds the reference that one text could be sent as. A pure function of the request. */
export const judgeReference: JudgeReference = (request, context) =>
  judge(request, { ...context, repertoire: EVERYTHING });
