import { decisionTable } from './decision-table.ts';
import type { InputShape } from './read-conversation.ts';
import type { InspectedResult, Inspection } from './inspect-conversation.ts';
import { countOf } from './number-format.ts';
import { resultText } from './result-text.ts';
import { paint, type Screen } from './screen.ts';
import { wrapLine } from './text-width.ts';
import { visibleText } from './visible-text.ts';

export interface TerminalReportOptions {
  /** How a person calls the input. */
  readonly inputName: string;
  readonly shape: InputShape;
  /** The results of which the texts are shown. */
  readonly shown: readonly InspectedResult[];
  /** Lines on the screen for each of them. */
  readonly mostLines: number;
}

/** What a person sees: what was read, the table of decisions, what came back, and the texts, line by line. */
export function* terminalReport(
  inspection: Inspection,
  screen: Screen,
  { inputName, shape, shown, mostLines }: TerminalReportOptions,
): Generator<string> {
  const wrapped = function* (text: string, ink: Parameters<typeof paint>[1]): Generator<string> {
    for (const line of wrapLine(text, screen.columns)) yield paint(screen, ink, line.trimEnd());
  };
  yield* wrapped(visibleText(`${inputName}: ${describeInput(inspection, shape)}`), 'heading');
  yield* wrapped(visibleText(describeSettings(inspection)), 'quiet');
  if (inspection.results.length > 0) {
    yield '';
    yield* decisionTable(inspection, screen);
    yield '';
    const summary = summarizeRestorations(inspection);
    const hasFailure = inspection.results.some(({ restoration }) => restoration === 'failed');
    yield* wrapped(
      summary ?? 'Nothing was rewritten. --result 1 shows a text all the same.',
      hasFailure ? 'bad' : undefined,
    );
  }
  for (const result of shown) {
    yield '';
    yield* resultText(result, screen, mostLines);
  }
}

/** `12 messages with 3 tool results`, or that it is one result. */
export function describeInput({ messageCount, results }: Inspection, shape: InputShape): string {
  if (shape === 'result') return 'one tool result';
  return `${countOf(messageCount, 'message')} with ${results.length === 0 ? 'no tool results' : countOf(results.length, 'tool result')}`;
}

/** How tokens were counted, and what was allowed to be left out. */
export function describeSettings({ options, tokenFamily }: Inspection): string {
  const counted =
    tokenFamily === 'o200k' || tokenFamily === 'cl100k'
      ? `counted with ${tokenFamily}`
      : `estimated, for ${tokenFamily} publishes no tokenizer`;
  return `Tokens of ${options.model}, ${counted}. Loss: ${options.loss}.`;
}

/** How many originals come back, or `undefined` where none was rewritten. */
export function summarizeRestorations({ results }: Inspection): string | undefined {
  const rewritten = results.filter(({ restoration }) => restoration !== 'unchanged');
  if (rewritten.length === 0) return undefined;
  const number = (wanted: string): number => rewritten.filter(({ restoration }) => restoration === wanted).length;
  const [exact, json, givenUp, failed, unchecked] = ['exact', 'json', 'given-up', 'failed', 'not-checked'].map(number);
  const parts = [
    [exact, 'character by character'],
    [json, 'as the same JSON with other white space'],
    [givenUp, 'given up for good'],
    [failed, 'NOT COMING BACK'],
    [unchecked, 'not checked'],
  ].filter(([count]) => count !== 0);
  const back = (exact ?? 0) + (json ?? 0);
  const told = parts.map(([count, how]) => `${count} ${how}`).join(', ');
  return `Restored: ${back} of ${countOf(rewritten.length, 'rewritten result')} (${told}).`;
}
