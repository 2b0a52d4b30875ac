import { keyStep, type Located, unquote } from './json-path.ts';
import { jsonRows } from './json-rows.ts';
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  endOfString,
  endOfValue,
  isSpace,
  OPEN_ARRAY,
  OPEN_OBJECT,
  skipSpace,
} from './json-scan.ts';

/** Longer rows are searched value by value: a word in a document of thousands is no answer. */
const LONGEST_ROW = 1_500;

/** Whether a JSON text is better searched value by value than row by row. */
export function isDeep(text: string): boolean {
  const list = jsonRows(text);
  if (list === undefined) return true;
  const [first] = list.rows;
  const last = list.rows.at(-1);
  return first === undefined || last === undefined || (last.end - first.start) / list.rows.length > LONGEST_ROW;
}

/** Values that hold what was looked for. */
export interface FoundValues {
  /** In the order of the document. */
  readonly values: readonly Located[];
  readonly holds: 'every word' | 'some of the words, in a row that holds every word' | 'some of the words';
}

/**
 * The values of parts of a JSON text that hold the words, in themselves or in their path: those that hold all of them;
 * else those that hold any, in rows that hold all; else those that hold any. Case is ignored. Reads each part once.
 */
export function findValues(text: string, within: readonly Located[], words: readonly string[]): FoundValues {
  const any: Located[] = [];
  const all: Located[] = [];
  const everyWord = 2 ** words.length - 1;
  for (const part of within) {
    for (const { held, ...value } of scanValues(text, part, (piece) => wordsIn(piece, words))) {
      if (held !== 0) any.push(value);
      if (held === everyWord) all.push(value);
    }
  }
  if (all.length > 0) return { values: all, holds: 'every word' };
  const inRows = valuesInRows(text, any, (row) => wordsIn(row, words) === everyWord);
  if (inRows.length > 0) return { values: inRows, holds: 'some of the words, in a row that holds every word' };
  return { values: any, holds: 'some of the words' };
}

/** The words that a text holds, as bits of a number. */
function wordsIn(text: string, words: readonly string[]): number {
  const lowered = text.toLowerCase();
  let held = 0;
  for (const [index, word] of words.entries()) if (lowered.includes(word)) held |= 1 << index;
  return held;
}

interface Frame {
  readonly path: string;
  /** Of the path, what its last step says, for words that reach over a dot. */
  readonly step: string;
  readonly held: number;
  readonly isArray: boolean;
  count: number;
}

/** Further in, paths are no longer spelled out. */
const DEEPEST_PATH = 200;

/** The values of a part in one reading, each with the words that it and its path hold. */
function* scanValues(
  text: string,
  part: Located,
  holds: (piece: string) => number,
): Generator<Located & { readonly held: number }> {
  const frames: Frame[] = [];
  let step = part.path;
  let at = part.start;
  while (at < part.end) {
    const code = text.charCodeAt(at);
    const frame = frames.at(-1);
    if (isSpace(code) || code === COMMA || code === COLON) at += 1;
    else if (code === CLOSE_ARRAY || code === CLOSE_OBJECT) {
      frames.pop();
      at += 1;
    } else if (frame !== undefined && !frame.isArray && frame.count % 2 === 0) {
      const end = endOfString(text, at);
      step = keyStep(unquote(text.slice(at, end)), frame.path);
      frame.count += 1;
      at = end;
    } else {
      if (frame?.isArray === true) step = `[${frame.count}]`;
      if (frame !== undefined) frame.count += 1;
      const path = frames.length > DEEPEST_PATH ? (frame?.path ?? '') : (frame?.path ?? '') + step;
      const held = (frame?.held ?? 0) | holds((frame?.step ?? '') + step);
      const isArray = code === OPEN_ARRAY;
      const isEmpty = isClosed(text, at);
      if ((isArray || code === OPEN_OBJECT) && !isEmpty) {
        frames.push({ path, step, held, isArray, count: 0 });
        at += 1;
      } else {
        const end = endOfValue(text, at);
        yield { path, start: at, end, held: held | holds(text.slice(at, end)) };
        at = end;
      }
    }
  }
}

function isClosed(text: string, open: number): boolean {
  const next = text.charCodeAt(skipSpace(text, open + 1));
  return next === CLOSE_ARRAY || next === CLOSE_OBJECT;
}

function valuesInRows(
  text: string,
  values: readonly Located[],
  isWanted: (row: string) => boolean,
): readonly Located[] {
  const rows = jsonRows(text)?.rows ?? [];
  const wanted = rows.filter(({ start, end }) => isWanted(text.slice(start, end)));
  if (wanted.length === rows.length) return [];
  const found: Located[] = [];
  let row = 0;
  for (const value of values) {
    while (row < wanted.length && (wanted[row]?.end ?? 0) <= value.start) row += 1;
    if ((wanted[row]?.start ?? Infinity) <= value.start) found.push(value);
  }
  return found;
}
