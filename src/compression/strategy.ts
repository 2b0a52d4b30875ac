import type { TokenCounter } from '../tokens/count-tokens.ts';
import type { Grammars } from './code/load-grammars.ts';
import type { ContentKind, ContentOf } from './content.ts';
import type { InnerTexts } from './envelopes/inner-texts.ts';

/**
 * Facts that a decoder needs and a reader does not, such as the way the source escaped its strings. Small, JSON, and
 * never the place where content hides.
 */
export type EncodingForm = Readonly<Record<string, string | number | boolean>>;

export interface Encoded {
  readonly text: string;
  readonly form?: EncodingForm | undefined;
}

/** How a text is to be encoded. */
export interface EncodeManner {
  /**
   * Whether a value may be parted, said half in a heading and half in its row. A reader who quotes it, or looks for it
   * word by word, needs it whole; where something may be left out, that saves more than parting values does.
   */
  readonly keepsValuesWhole: boolean;
  /** Counts tokens, for a strategy that has texts within the text encoded. */
  readonly count?: TokenCounter;
  /** Told of strategies for texts within the text that failed. */
  readonly onFault?: (strategy: string, error: unknown) => void;
  /** What is known of the texts within the text already. */
  readonly inner?: InnerTexts | undefined;
}

/**
 * A lossless rewriting of one kind of content. Pure, deterministic, linear in the text, and free to say no: the judge
 * alone decides whether what it offers is smaller.
 */
export interface Strategy<out Kind extends ContentKind = ContentKind> {
  /** Stable, short, lower case: it becomes the value of a metric label. */
  readonly name: string;
  readonly kinds: readonly Kind[];
  /** `undefined` when this content is nothing for it. */
  encode(content: ContentOf<Kind>, manner?: EncodeManner): Encoded | undefined;
  /** Gives the input of `encode` back: JSON up to insignificant white space, all else character by character. */
  decode(text: string, form: EncodingForm | undefined): string;
}

/**
 * What a source is counted in. Values are those of a JSON document in their order: scalars, and objects and lists that
 * are empty. Parts are the texts that the source carries; what each is left of, its own notice says.
 */
export type Unit = 'rows' | 'lines' | 'values' | 'parts';

/** Units of the source, counted from 1, first and last included. */
export interface SourceRange {
  readonly first: number;
  readonly last: number;
}

export interface SelectionRequest {
  /** What was asked: the user's last words before the result and the arguments of the tool call. */
  readonly query: string;
  /** How much to aim for. A guide: every distinct failure stays, and so does what the query asks for. */
  readonly budgetTokens: number;
  readonly count: TokenCounter;
  /** The id under which the whole original can be asked for, or `undefined` when it can not be. */
  readonly retrievalId: string | undefined;
  /** Told of selections for texts within the text that failed. */
  readonly onFault?: ((strategy: string, error: unknown) => void) | undefined;
  /** What is known of the texts within the text already. */
  readonly inner?: InnerTexts | undefined;
  /** What was loaded to parse this text, where it is code. */
  readonly grammars?: Grammars | undefined;
}

/** What stays of a content, with a notice that says what went, and where it can be had. */
export interface Selected {
  readonly text: string;
  readonly unit: Unit;
  /** Units in the source. */
  readonly total: number;
  /** Ascending, disjoint, not empty. */
  readonly leftOut: readonly SourceRange[];
}

/** A way to leave out what matters least. Pure, deterministic and linear in the text, as strategies are. */
export interface SelectionStrategy<out Kind extends ContentKind = ContentKind> {
  readonly name: string;
  readonly kinds: readonly Kind[];
  /** `undefined` when nothing can be left out. */
  select(content: ContentOf<Kind>, request: SelectionRequest): Selected | undefined;
}
