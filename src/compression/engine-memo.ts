import type { CompressedText, LosslessForm } from './compress-text.ts';
import type { Content } from './content.ts';
import type { JudgedReference } from './judge-reference.ts';
import { sketchLines, type LineSketch } from './references/line-sketch.ts';
import { Memo } from './memo.ts';
import { WalkMemo } from './walk-memo.ts';

/** What is looked up of a text beside its forms. */
export interface TextTraits {
  readonly sketch: LineSketch;
  /** Stands for the text in the keys of the memo. Never given to another text, so that forgetting one does no harm. */
  readonly number: number;
  readonly sizeChars: number;
}

export interface RememberedReference {
  readonly judged: JudgedReference | undefined;
  readonly sizeChars: number;
}

export interface ReadContent {
  readonly content: Content;
  readonly sizeChars: number;
}

/** What the engine remembers of the texts it has seen. */
export interface EngineMemo {
  readonly counts: Memo<{ readonly tokens: number; readonly sizeChars: number }>;
  readonly contents: Memo<ReadContent>;
  readonly lossless: Memo<LosslessForm>;
  readonly forms: Memo<CompressedText>;
  readonly references: Memo<RememberedReference>;
  readonly walks: WalkMemo;
  traitsOf(text: string): TextTraits;
}

/** About what a sketch of 32 numbers takes. */
const TRAITS_SIZE_CHARS = 150;

/** What was parsed takes up to 15 bytes a character (measured on JSON and CSV), more than the text and its forms do. */
const CONTENT_SIZE_FACTOR = 8;

export function asRead(content: Content): ReadContent {
  return { content, sizeChars: content.text.length * CONTENT_SIZE_FACTOR };
}

export function createEngineMemo(): EngineMemo {
  const traits = new Memo<TextTraits>();
  let texts = 0;
  return {
    counts: new Memo(),
    contents: new Memo<ReadContent>(),
    lossless: new Memo<LosslessForm>(),
    forms: new Memo<CompressedText>(),
    references: new Memo<RememberedReference>(),
    walks: new WalkMemo(),
    traitsOf: (text) =>
      traits.getOrCompute(text, '', () => ({
        sketch: sketchLines(text),
        number: ++texts,
        sizeChars: TRAITS_SIZE_CHARS,
      })),
  };
}
