import { answerByPath, answerByValues } from './answer-by-path.ts';
import type { Units } from './original-units.ts';
import { wordsOf } from './query-words.ts';
import { formatRange, parseRanges, type UnitRange } from './ranges.ts';
import type { RetrievalStore } from './store.ts';

/** What a model asks for. Everything but the id narrows the answer. */
export interface RetrievalRequest {
  /** As the notice has it; behind a `#` it names the part of the original whose lines and rows are meant. */
  readonly id: string;
  /** Lines of the original, counted from 1: `12-480` or `3, 12-20`. */
  readonly lines?: string | undefined;
  /** Rows of the original, counted from 1, where it is a JSON document with an array. */
  readonly rows?: string | undefined;
  /** Where in a JSON document: `items[3].status.conditions`. What else is asked is asked of what is there. */
  readonly path?: string | undefined;
  /** Words to look for. */
  readonly query?: string | undefined;
}

export interface RetrievalAnswer {
  readonly outcome: 'found' | 'unknown' | 'expired' | 'failed';
  readonly text: string;
}

export interface AnswerRetrievalOptions {
  readonly store: RetrievalStore;
  readonly scope: string;
  /** About the most characters of the original in one answer; one whole line or row is always given. @default 100,000 */
  readonly maxCharacters?: number | undefined;
  /** Told of the error when the store fails. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

const MOST_CHARACTERS = 100_000;
/** Of the whole original, when what was asked for is not in it. */
const MOST_CHARACTERS_INSTEAD = 20_000;

/**
 * Answers a request for an original. Never rejects: whatever was asked, and whatever the store does, the answer is a text
 * that a model can go on with, and one that says so when asking again is no use.
 */
export async function answerRetrieval(
  request: RetrievalRequest,
  options: AnswerRetrievalOptions,
): Promise<RetrievalAnswer> {
  try {
    const { id: asked, ...wish } = readRequest(request);
    if (asked === '')
      return { outcome: 'unknown', text: 'Nothing was looked up: "id" has to be the id given in a notice.' };
    // On first use: it brings with it all that knows a kind of content.
    const reading = await import('./original-units.ts');
    const { id, names } = reading.splitPartId(asked);
    const stored = await options.store.get(id, options.scope);
    if (stored.status === 'unknown') return { outcome: 'unknown', text: unknownText(id) };
    if (stored.status === 'expired') return { outcome: 'expired', text: expiredText(id) };
    const limit = options.maxCharacters ?? MOST_CHARACTERS;
    const text = reading.readPart(stored.text, names);
    if (text === undefined) return { outcome: 'unknown', text: noPartText(id, reading.partNames(stored.text)) };
    return { outcome: 'found', text: select(text, wish, { limit, ...reading }) };
  } catch (error) {
    try {
      options.onError?.(error);
    } catch {
      // The answer matters more than the report.
    }
    return { outcome: 'failed', text: failedText };
  }
}

const useTheTool = 'If you need the content, run the tool that it came from again, as narrowly as you can.';

const failedText = `The store of originals could not be read, so this content can not be had. Do not ask again with this id. ${useTheTool}`;

function unknownText(id: string): string {
  return `There is no original with id "${id.slice(0, 64)}". Do not ask again with this id. ${useTheTool}`;
}

function expiredText(id: string): string {
  return `The original with id "${id.slice(0, 64)}" was kept and has expired. Do not ask again with this id. ${useTheTool}`;
}

function noPartText(id: string, names: readonly string[]): string {
  if (names.length === 0) return `The original with id "${id.slice(0, 64)}" has no parts: ask with this id alone.`;
  const known = names.map((name) => `"${id.slice(0, 64)}#${name}"`).join(', ');
  return `The original has no such part. The ids of its parts are ${known}.`;
}

/** What is asked besides the id, each empty where it is not. */
export interface Wish {
  readonly lines: string;
  readonly rows: string;
  readonly path: string;
  readonly query: string;
}

/** Models write numbers where a string is asked for, lists where one range is, and nothing at all. */
function readRequest(request: unknown): Wish & { readonly id: string } {
  const { id, lines, rows, path, query } = (typeof request === 'object' && request !== null ? request : {}) as Record<
    'id' | 'lines' | 'rows' | 'path' | 'query',
    unknown
  >;
  return {
    id: readText(id),
    lines: readText(lines),
    rows: readText(rows),
    path: readText(path),
    query: readText(query),
  };
}

function readText(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number') return String(value);
  if (!Array.isArray(value)) return '';
  return value
    .slice(0, 1_000)
    .filter((item) => typeof item === 'string' || typeof item === 'number')
    .join(', ');
}

interface Reading {
  readonly limit: number;
  readonly linesOf: (text: string) => Units;
  readonly rowsOf: (text: string) => Units | undefined;
}

function select(text: string, wish: Wish, { limit, linesOf, rowsOf }: Reading): string {
  if (wish.path !== '') {
    const selectFrom = (part: string, rest: Wish): string => select(part, rest, { limit, linesOf, rowsOf });
    return answerByPath(text, wish, { limit, selectFrom });
  }
  const values = answerByValues(text, wish, limit);
  if (values !== undefined) return values;
  const asksNothing = wish.lines === '' && wish.rows === '' && wish.query === '';
  if (asksNothing && text.length <= limit) return text;

  const wantsLines = wish.lines !== '' && wish.rows === '';
  const units = (wantsLines ? undefined : rowsOf(text)) ?? linesOf(text);
  const whole: UnitRange = { first: 1, last: units.total };
  const exist = `There are ${units.name} ${formatRange(whole)}.`;
  const notes: string[] = [];

  let ranges: readonly UnitRange[] = [whole];
  let most = limit;
  const spec = wish.rows === '' ? wish.lines : wish.rows;
  if (wish.rows !== '' && units.name === 'lines') notes.push(`This text has no rows, it is counted in lines. ${exist}`);
  if (spec !== '') {
    const parsed = parseRanges(spec, units.total);
    if (typeof parsed === 'string') {
      most = Math.min(limit, MOST_CHARACTERS_INSTEAD);
      const problem = parsed === 'malformed' ? 'Ranges are written like "12-480" or "3, 12-20".' : 'Nothing is there.';
      notes.push(`${problem} ${exist}`);
    } else {
      ranges = parsed;
    }
  }
  if (wish.query !== '') {
    const found = findWords(units, ranges, wish.query);
    if (found.numbers.length > 0) return withNotes(notes, showMatches(units, { ranges, found, limit }));
    most = Math.min(limit, MOST_CHARACTERS_INSTEAD);
    notes.push(`None of the words is in these ${units.name}, so they are given as they are. ${exist}`);
  }
  return withNotes(notes, showRanges(units, ranges, most));
}

function withNotes(notes: readonly string[], body: string): string {
  return [...notes.map((note) => `[${note}]`), body].join('\n');
}

/** Whole units until the limit is met, at least one, and how to ask for the rest. */
function showRanges(units: Units, ranges: readonly UnitRange[], limit: number): string {
  const parts: string[] = [];
  let size = 0;
  for (const { first, last } of ranges) {
    const shown: string[] = [];
    let number = first;
    while (number <= last && (size === 0 || size + units.at(number).length <= limit)) {
      const unit = units.at(number);
      size += unit.length + 1;
      shown.push(unit);
      number += 1;
    }
    if (shown.length > 0) {
      const range = formatRange({ first, last: number - 1 });
      parts.push(`[${units.name} ${range} of ${units.total}]`, units.show(shown));
    }
    if (number <= last) {
      parts.push(`[The answer was getting too long. To go on, ask with ${units.name} "${restOf(ranges, number)}".]`);
      break;
    }
  }
  return parts.join('\n');
}

/** What of the ranges begins at a number, as it is asked for. */
function restOf(ranges: readonly UnitRange[], from: number): string {
  return ranges
    .filter(({ last }) => last >= from)
    .map(({ first, last }) => formatRange({ first: Math.max(first, from), last }))
    .join(', ');
}

interface Found {
  readonly numbers: readonly number[];
  readonly holdsAll: boolean;
}

/** Units that hold every word; where there is none, those that hold any. Case is ignored. */
function findWords(units: Units, ranges: readonly UnitRange[], query: string): Found {
  const words = wordsOf(query);
  const all: number[] = [];
  const any: number[] = [];
  for (const { first, last } of ranges) {
    for (let number = first; number <= last; number += 1) {
      const unit = units.at(number).toLowerCase();
      const count = words.filter((word) => unit.includes(word)).length;
      if (count > 0) any.push(number);
      if (count === words.length) all.push(number);
    }
  }
  return all.length > 0 ? { numbers: all, holdsAll: true } : { numbers: any, holdsAll: false };
}

interface Matches {
  readonly ranges: readonly UnitRange[];
  readonly found: Found;
  readonly limit: number;
}

function showMatches(units: Units, { ranges, found: { numbers, holdsAll }, limit }: Matches): string {
  const shown: string[] = [];
  let size = 0;
  for (const number of numbers) {
    const line = `${number}: ${units.at(number)}`;
    if (shown.length > 0 && size + line.length > limit) break;
    size += line.length + 1;
    shown.push(line);
  }
  const what = holdsAll ? 'hold every word' : 'hold some of the words';
  const header = `[${numbers.length} of ${units.total} ${units.name} ${what}, each with its number.]`;
  const next = numbers[shown.length];
  if (next === undefined) return [header, ...shown].join('\n');
  return [
    header,
    ...shown,
    `[There are more. To go on, ask with the same query and ${units.name} "${restOf(ranges, next)}".]`,
  ].join('\n');
}
