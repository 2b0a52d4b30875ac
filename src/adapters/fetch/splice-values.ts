import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  endOfString,
  endOfValue,
  OPEN_ARRAY,
  OPEN_OBJECT,
  skipSpace,
  type Slice,
} from '../../retrieval/json-scan.ts';

interface Edit extends Slice {
  readonly text: string;
}

/**
 * Writes into the JSON text of `before` what is another value in `after`, and leaves every other character as it is:
 * spelling of numbers, order of keys and white space. `after` has to be a copy that shares with `before` all that did not
 * change, as `optimizeMessages` makes it. `path` leads to the value that `before` is in the text.
 *
 * Throws where the text does not hold `before` at `path`.
 */
export function spliceValues(text: string, path: readonly string[], before: unknown, after: unknown): string {
  const start = path.reduce((from, key) => valueOfKey(text, from, key), skipSpace(text, 0));
  let spliced = '';
  let copied = 0;
  for (const edit of editsOf(text, start, before, after)) {
    spliced += text.slice(copied, edit.start) + edit.text;
    copied = edit.end;
  }
  return spliced + text.slice(copied);
}

/** Goes down only where something changed, which is as deep as tool results are. */
function editsOf(text: string, start: number, before: unknown, after: unknown): readonly Edit[] {
  if (before === after) return [];
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return itemsIn(text, start).flatMap(({ start: from }, index) => editsOf(text, from, before[index], after[index]));
  }
  if (isObject(before) && isObject(after) && Object.keys(before).every((key) => key in after)) {
    return [...entriesIn(text, start)].flatMap(([key, from]) => editsOf(text, from, before[key], after[key]));
  }
  return [{ start, end: endOfValue(text, start), text: JSON.stringify(after) }];
}

function valueOfKey(text: string, start: number, key: string): number {
  const value = entriesIn(text, start).get(key);
  if (value === undefined) throw new Error('A body does not hold what was read from it.');
  return value;
}

/** Where the value of each key begins. Of a key that comes twice it is the last, which is the one that parsers read. */
function entriesIn(text: string, open: number): ReadonlyMap<string, number> {
  expectAt(text, open, OPEN_OBJECT);
  const entries = new Map<string, number>();
  let index = skipSpace(text, open + 1);
  while (text.charCodeAt(index) !== CLOSE_OBJECT) {
    const end = endOfString(text, index);
    const key = JSON.parse(text.slice(index, end)) as string;
    index = skipSpace(text, end);
    expectAt(text, index, COLON);
    index = skipSpace(text, index + 1);
    entries.delete(key);
    entries.set(key, index);
    index = nextItem(text, endOfValue(text, index));
  }
  return entries;
}

function itemsIn(text: string, open: number): readonly Slice[] {
  expectAt(text, open, OPEN_ARRAY);
  const items: Slice[] = [];
  let index = skipSpace(text, open + 1);
  while (text.charCodeAt(index) !== CLOSE_ARRAY) {
    const end = endOfValue(text, index);
    items.push({ start: index, end });
    index = nextItem(text, end);
  }
  return items;
}

function nextItem(text: string, from: number): number {
  const index = skipSpace(text, from);
  if (index >= text.length) throw new Error('A body ends before what was read from it.');
  return text.charCodeAt(index) === COMMA ? skipSpace(text, index + 1) : index;
}

function expectAt(text: string, index: number, code: number): void {
  if (text.charCodeAt(index) !== code) throw new Error('A body does not hold what was read from it.');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
