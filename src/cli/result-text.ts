import { explainLeftOut, explainReason, explainRestoration } from './explain-decision.ts';
import type { InspectedResult } from './inspect-conversation.ts';
import { countOf, formatCount, formatSaved } from './number-format.ts';
import { compareResult } from './result-comparison.ts';
import { paint, type Screen } from './screen.ts';
import { sideBySide } from './side-by-side.ts';
import { fitText, wrapLine } from './text-width.ts';
import { visibleText } from './visible-text.ts';

/** One result for the terminal: what it is, what was done, and its texts side by side, or alone where it did not change. */
export function* resultText(result: InspectedResult, screen: Screen, mostLines: number): Generator<string> {
  const { toolArguments } = result;
  const call = visibleText(`${titleOf(result)} ${toolArguments}`.replaceAll('\n', ' ')).trimEnd();
  yield paint(screen, 'heading', fitText(call, screen.columns));
  for (const line of wrapLine(factsOf(result), screen.columns)) yield paint(screen, 'quiet', line.trimEnd());
  const compared = compareResult(result);
  if (compared !== undefined) yield* sideBySide(compared.comparison, screen, { titles: compared.titles, mostLines });
}

/** `#3 read_file`. */
export function titleOf({ number, decision: { toolName } }: InspectedResult): string {
  return toolName === undefined ? `#${number}` : `#${number} ${toolName}`;
}

/** `log · log-lines · fewer tokens in this form · 67 of 100 lines left out · the original comes back ...`. */
export function factsOf({ decision, restoration }: InspectedResult): string {
  const { contentKind, strategy, reason, isOverMax, tokensBefore, tokensAfter } = decision;
  const facts = [
    contentKind,
    reason === 'compressed' && isOverMax !== true ? strategy : `${reason}: ${explainReason(decision)}`,
    decision.rewriting === undefined
      ? countOf(tokensBefore, 'token')
      : `${formatCount(tokensBefore)} → ${countOf(tokensAfter, 'token')}, ${formatSaved(tokensBefore, tokensAfter)} saved`,
    explainLeftOut(decision),
    restoration === 'unchanged' ? undefined : `the original ${explainRestoration(restoration)}`,
  ];
  return facts.filter((fact) => fact !== undefined).join(' · ');
}
