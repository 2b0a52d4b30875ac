import type { JsonArray, JsonNode, JsonObject } from '../../json/parse-json.ts';
import { entryFieldsOf, fieldsOf, isScalar, writeCells, writeFields } from './toon-fields.ts';
import { writeKey, writeToken } from './toon-token.ts';

/**
 * A document as TOON 4 (https://github.com/toon-format/spec) with two spaces a level and commas: objects as `key: value`
 * lines, records of one shape as tables. Numbers keep the spelling of the source, and strings in quotes their escapes.
 * `undefined` when the text would be longer than `longestChars`, an indentation counted as one character: that is what it is
 * in tokens, or less. All indentations together are at most four times as long, so that the work stays in line.
 */
export function writeToon(root: JsonNode, longestChars: number): string | undefined {
  const page: Page = { lines: [], spareChars: longestChars + 1, spareSpaces: 4 * longestChars };
  writeRoot(root, page);
  return isFull(page) ? undefined : page.lines.join('\n');
}

interface Page {
  readonly lines: string[];
  /** Once one of these is below 0, no more lines are added. */
  spareChars: number;
  spareSpaces: number;
}

function isFull({ spareChars, spareSpaces }: Page): boolean {
  return spareChars < 0 || spareSpaces < 0;
}

function writeRoot(root: JsonNode, page: Page): void {
  if (root.type === 'array') writeArray(root, { page, depth: 0, key: '' });
  else if (root.type !== 'object') addLine(page, 0, writeText(root.source));
  else if (!writeEntries(root, { page, depth: 0, key: '' })) writeObject(root, page, 0);
}

/** A document that is one scalar. Readers drop a byte order mark at the beginning of a text. */
function writeText(source: string): string {
  return source.startsWith('"\uFEFF') ? source : writeToken(source);
}

function addLine(page: Page, depth: number, content: string): void {
  page.spareChars -= (depth > 0 ? 1 : 0) + content.length + 1;
  page.spareSpaces -= 2 * depth;
  if (!isFull(page)) page.lines.push('  '.repeat(depth) + content);
}

function writeObject({ keys, values }: JsonObject, page: Page, depth: number): void {
  for (const [index, value] of values.entries()) writeField(value, { page, depth, key: writeKey(keys[index] ?? '""') });
}

/** Where a value begins: behind its key, if it has one. */
interface Place {
  readonly page: Page;
  readonly depth: number;
  /** As TOON spells it. */
  readonly key: string;
}

function writeField(value: JsonNode, place: Place): void {
  const { page, depth, key } = place;
  if (value.type === 'array') writeArray(value, place);
  else if (value.type !== 'object') addLine(page, depth, `${key}: ${writeToken(value.source)}`);
  else if (!writeEntries(value, place)) {
    addLine(page, depth, `${key}:`);
    writeObject(value, page, depth + 1);
  }
}

/** An object as a table of its entries, if they are alike. */
function writeEntries(object: JsonObject, { page, depth, key }: Place): boolean {
  const fields = entryFieldsOf(object);
  if (fields === undefined) return false;
  addLine(page, depth, `${key}[${object.keys.length}:]{${writeFields(fields)}}:`);
  for (const [index, value] of object.values.entries()) {
    addLine(page, depth + 1, `${writeKey(object.keys[index] ?? '""')}: ${writeCells(value)}`);
  }
  return true;
}

function writeArray(array: JsonArray, { page, depth, key }: Place): void {
  const { items } = array;
  if (items.length === 0) addLine(page, depth, key === '' ? '[]' : `${key}: []`);
  else if (items.every(isScalar)) addLine(page, depth, key + inlineArray(array));
  else {
    const fields = fieldsOf(items);
    if (fields === undefined) writeItems(array, { page, depth, key });
    else {
      addLine(page, depth, `${key}[${items.length}]{${writeFields(fields)}}:`);
      for (const item of items) addLine(page, depth + 1, writeCells(item));
    }
  }
}

function inlineArray({ items }: JsonArray): string {
  const cells = items.map(writeCells).join(',');
  return items.length === 0 ? '[0]:' : `[${items.length}]: ${cells}`;
}

function writeItems({ items }: JsonArray, { page, depth, key }: Place): void {
  addLine(page, depth, `${key}[${items.length}]:`);
  for (const item of items) writeItem(item, page, depth + 1);
}

/** A list in a list has no table: its items stand below its dash, one level deeper. */
function writeItem(item: JsonNode, page: Page, depth: number): void {
  if (item.type === 'array') {
    if (item.items.every(isScalar)) addLine(page, depth, `- ${inlineArray(item)}`);
    else writeItems(item, { page, depth, key: '- ' });
  } else if (item.type !== 'object') addLine(page, depth, `- ${writeToken(item.source)}`);
  else if (item.keys.length === 0) addLine(page, depth, '-');
  else {
    const first = page.lines.length;
    writeObject(item, page, depth + 1);
    const line = page.lines[first];
    if (line !== undefined) page.lines[first] = `${'  '.repeat(depth)}- ${line.slice(2 * depth + 2)}`;
  }
}
