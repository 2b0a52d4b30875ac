import { compareTexts, splitLines, type Comparison } from './comparison.ts';
import type { InspectedResult } from './inspect-conversation.ts';
import { countOf } from './number-format.ts';

export interface ResultComparison {
  readonly comparison: Comparison;
  /** What stands over the two sides. */
  readonly titles: readonly [before: string, after: string];
}

/** A result's texts as they are put side by side; `undefined` for one without text. What did not change is shown once. */
export function compareResult({ decision, textBefore, textAfter }: InspectedResult): ResultComparison | undefined {
  if (textBefore === undefined || textAfter === undefined) return undefined;
  const { rewriting, tokensBefore, tokensAfter } = decision;
  if (rewriting === undefined) {
    const title = titleOf('before and after', tokensBefore, textBefore);
    return { comparison: { layout: 'alone', before: splitLines(textBefore) }, titles: [title, ''] };
  }
  return {
    comparison: compareTexts(textBefore, textAfter, rewriting),
    titles: [titleOf('before', tokensBefore, textBefore), titleOf('after', tokensAfter, textAfter)],
  };
}

function titleOf(which: string, tokens: number, text: string): string {
  return `${which}: ${countOf(tokens, 'token')}, ${countOf(splitLines(text).length, 'line')}`;
}
