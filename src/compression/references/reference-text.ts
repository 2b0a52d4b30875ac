import { applyJsonDelta } from './apply-json-delta.ts';
import { applyCopiedRuns, writeCopiedRuns } from './copied-runs.ts';
import { writeJsonDelta } from './json-delta.ts';
import { applyNumberedDelta, writeNumberedDelta } from './numbered-delta.ts';
import { applyPieceDiff, writePieceDiff } from './piece-diff.ts';
import { applyUnifiedDiff, writeUnifiedDiff } from './unified-diff.ts';

/**
 * How a reference says a text. `same` and `json` are said to the original of the earlier result: that it is the same, or
 * which values of the document differ. The others are said to the text that was sent for it:
 * `same-selection` that the same would be sent, `diff` and `pieces` what differs as a unified diff of lines or of pieces of
 * one line, `numbered` by the numbers of the lines, `runs` in runs of lines that stand there.
 */
export type ReferenceManner = 'same' | 'same-selection' | DifferenceManner;
export type DifferenceManner = 'json' | 'diff' | 'pieces' | 'numbered' | 'runs';

export interface WrittenReference<Manner extends ReferenceManner> {
  readonly manner: Manner;
  readonly text: string;
}

/**
 * One line in place of a text that was sent before. `name` tells a reader where:
 * `read_file {"path":"a.ts"}, 3 tool results earlier`.
 */
export function writeRepetition(text: string, name: string): WrittenReference<'same'> {
  const total = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  const what = total <= 1 ? 'The same text' : `The same ${total} lines`;
  return { manner: 'same', text: `[${what} as the result of ${name}.]` };
}

/** One line in place of a text of which the same was left out before. */
export function writeSameSelection(name: string): WrittenReference<'same-selection'> {
  const text = `[The same as the result of ${name}, with the same left out.]`;
  return { manner: 'same-selection', text };
}

export interface Differing {
  readonly text: string;
  readonly earlier: string;
}

/**
 * The ways to say a text by what differs from an earlier one, the easiest to read first; none of them has to be shorter.
 * `original` is what the two tools returned, `sent` the same two in one form, that in which the earlier one was sent.
 */
export function writeDifferences(
  { original, sent }: { readonly original: Differing; readonly sent: Differing | undefined },
  name: string,
): readonly WrittenReference<DifferenceManner>[] {
  const numbered = sent === undefined ? undefined : writeNumberedDelta(sent.text, sent.earlier);
  const written: Readonly<Record<DifferenceManner, string | undefined>> =
    numbered === undefined
      ? {
          numbered,
          json: writeJsonDelta(original.text, original.earlier),
          pieces: sent === undefined ? undefined : writePieceDiff(sent.text, sent.earlier),
          diff: sent === undefined ? undefined : writeUnifiedDiff(sent.text, sent.earlier),
          runs: sent === undefined ? undefined : writeCopiedRuns(sent.text, sent.earlier),
        }
      : { numbered, json: undefined, pieces: undefined, diff: undefined, runs: undefined };
  return MANNERS.flatMap((manner) => {
    const body = written[manner];
    return body === undefined ? [] : [{ manner, text: `${HEADS[manner](name)}\n${body}` }];
  });
}

/** Undoes `writeDifferences`, given what the difference is said to: the original for `json`, else the text that was sent. */
export function applyDifferences(text: string, manner: DifferenceManner, earlier: string): string {
  return APPLY[manner](text.slice(text.indexOf('\n') + 1), earlier);
}

const MANNERS = ['numbered', 'json', 'pieces', 'diff', 'runs'] as const;

const APPLY: Readonly<Record<DifferenceManner, (body: string, earlier: string) => string>> = {
  json: applyJsonDelta,
  pieces: applyPieceDiff,
  diff: applyUnifiedDiff,
  numbered: applyNumberedDelta,
  runs: applyCopiedRuns,
};

const HEADS: Readonly<Record<DifferenceManner, (name: string) => string>> = {
  json: (name) =>
    `[The same JSON as the result of ${name}, but for these values, and items counted from 0 that are new (+) or gone (-).]`,
  pieces: (name) =>
    `[A diff to the result of ${name}, both broken into lines behind ")," and the like; all that it does not show is the same.]`,
  diff: (name) => `[A diff to the result of ${name}; all that it does not show is the same.]`,
  numbered: (name) =>
    `[Only what differs from the result of ${name} follows, by the numbers of the lines themselves; the other lines are the same.]`,
  runs: (name) =>
    `[Only what differs from the result of ${name} follows, each line behind its number; the other lines are the same.]`,
};

/** A reference that also says how to read the whole of what it stands for. */
export function withRetrievalId(reference: string, retrievalId: string): string {
  const newline = reference.indexOf('\n');
  const bracket = (newline === -1 ? reference.length : newline) - 1;
  const ask = ` To read it all call headroom_retrieve with id "${retrievalId}".`;
  return reference.slice(0, bracket) + ask + reference.slice(bracket);
}
