import type { TokenCounter } from '../tokens/count-tokens.ts';
import type { ContentKind } from './content.ts';
import { detect } from './detect.ts';
import { judgeLossless, judgeSelection, type Repertoire, type Rewritten } from './judge.ts';
import { judgeReference as judge } from './judge-reference.ts';
import type { JudgeReference } from './references/refer-to-earlier.ts';
import type { PreparedText } from './prepare-text.ts';
import { SELECTIONS, STRATEGIES } from './strategies/all-strategies.ts';
import type { TokenLimits } from './token-limits.ts';

export { prepareText } from './prepare-text.ts';

export interface CompressTextRequest {
  readonly count: TokenCounter;
  /** What was asked, for choosing what stays. */
  readonly query: string;
  /** `lossless` leaves nothing out; `recoverable` names the id of the original, `lossy` does not. */
  readonly extent: 'lossless' | 'recoverable' | 'lossy';
  readonly limits: TokenLimits & { readonly minTokens: number };
  /** What `prepareText` gave for this text. Without it, code is left whole. */
  readonly prepared?: PreparedText | undefined;
  readonly onFault: (strategy: string, error: unknown) => void;
  readonly repertoire?: Repertoire | undefined;
}

/** The forms in which one text could be sent. */
export interface CompressedText {
  readonly contentKind: ContentKind;
  readonly tokens: number;
  readonly isBelowMinimum: boolean;
  /** The best form that says all. */
  readonly lossless: Rewritten | undefined;
  /** The best form that leaves something out, when that is worth it and allowed. */
  readonly selected: Rewritten | undefined;
  readonly sizeChars: number;
}

const EVERYTHING: Repertoire = { strategies: STRATEGIES, selections: SELECTIONS };

/** Finds the forms of one text. A pure function of the text and the request. */
export function compressText(text: string, request: CompressTextRequest): CompressedText {
  const { count, limits, extent, query, prepared, onFault, repertoire = EVERYTHING } = request;
  const tokens = count(text);
  if (tokens < limits.minTokens) {
    return {
      contentKind: 'text',
      tokens,
      isBelowMinimum: true,
      lossless: undefined,
      selected: undefined,
      sizeChars: 0,
    };
  }
  const content = prepared?.content ?? detect(text);
  const context = { count, repertoire, onFault };
  const lossless = judgeLossless(content, tokens, { ...context, keepsValuesWhole: extent !== 'lossless' });
  const selected =
    extent === 'lossless'
      ? undefined
      : judgeSelection(content, lossless ?? { tokens }, {
          ...context,
          query,
          limits,
          grammars: prepared?.grammars,
          isRecoverable: extent === 'recoverable',
        });
  return {
    contentKind: content.kind,
    tokens,
    isBelowMinimum: false,
    lossless,
    selected,
    sizeChars: (lossless?.text.length ?? 0) + (selected?.text.length ?? 0),
  };
}

/** Finds the reference that one text could be sent as. A pure function of the request. */
export const judgeReference: JudgeReference = (request, context) =>
  judge(request, { ...context, repertoire: EVERYTHING });
