import type { CompressedText } from './compress-text.ts';
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

/** What the engine remembers of the texts it has seen. */
export interface EngineMemo {
  readonly forms: Memo<CompressedText>;
  readonly references: Memo<RememberedReference>;
  readonly walks: WalkMemo;
  traitsOf(text: string): TextTraits;
}

/** About what a sketch of 32 numbers takes. */
const TRAITS_SIZE_CHARS = 150;

export function createEngineMemo(): EngineMemo {
  const traits = new Memo<TextTraits>();
  let texts = 0;
  return {
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
