import type { TokenCounter } from '../tokens/count-tokens.ts';
import type { Grammars } from './code/load-grammars.ts';
import type { ContentKind } from './content.ts';
import { detect } from './detect.ts';
import { judgeLossless, judgeSelection, type Repertoire, type Rewritten } from './judge.ts';
import { SELECTIONS, STRATEGIES } from './strategies/all-strategies.ts';

export { areWhole, loadGrammarsFor } from './code/load-grammars.ts';

export interface CompressTextRequest {
  readonly count: TokenCounter;
  /** What was asked, for choosing what stays. */
  readonly query: string;
  /** `lossless` leaves nothing out; `recoverable` names the id of the original, `lossy` does not. */
  readonly extent: 'lossless' | 'recoverable' | 'lossy';
  readonly minTokens: number;
  /** A result that the model has read in full and that is like this one, where references are allowed. */
  readonly earlier?: { readonly text: string; readonly name: string } | undefined;
  /** What `loadGrammarsFor` gave for this text. Where it is missing, code is left whole. */
  readonly grammars?: Grammars | undefined;
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
  const { count, minTokens, extent, query, earlier, grammars, onFault, repertoire = EVERYTHING } = request;
  const tokens = count(text);
  if (tokens < minTokens) {
    return {
      contentKind: 'text',
      tokens,
      isBelowMinimum: true,
      lossless: undefined,
      selected: undefined,
      sizeChars: 0,
    };
  }
  const content = detect(text);
  const context = { count, repertoire, onFault };
  const lossless = judgeLossless(content, tokens, { ...context, keepsValuesWhole: extent !== 'lossless' });
  const selected =
    extent === 'lossless'
      ? undefined
      : judgeSelection(content, lossless ?? { tokens }, {
          ...context,
          query,
          earlier,
          grammars,
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
