import { type LineCursor, readKey, readToken } from './toon-token.ts';

/** The minified JSON that `writeToon` was given. Throws on a text that it did not write. */
export function readToon(text: string): string {
  const page: Page = { lines: text.split('\n').map(readIndent), next: 0 };
  const json = readRoot(page);
  if (page.next !== page.lines.length)
    throw new SyntaxError(`There is more behind the document, in line ${page.next}.`);
  return json;
}

interface Line {
  readonly depth: number;
  readonly content: string;
}

interface Page {
  readonly lines: Line[];
  next: number;
}

function readIndent(line: string): Line {
  let spaces = 0;
  while (line[spaces] === ' ') spaces++;
  return { depth: spaces / 2, content: line.slice(spaces) };
}

function readRoot(page: Page): string {
  const { content } = page.lines[0] ?? { content: '' };
  if (content.startsWith('[')) return readArray({ text: content, at: 0 }, { page, depth: 0 });
  return isField(content) ? readObject(page, 0) : readLine(page);
}

/** A line that is a scalar and nothing else. */
function readLine(page: Page): string {
  const cursor = { text: page.lines[page.next]?.content ?? '', at: 0 };
  page.next++;
  return atEnd(cursor, readToken(cursor));
}

/** Whether a line begins with a key. */
function isField(content: string): boolean {
  const cursor = { text: content, at: 0 };
  readKey(cursor);
  return content[cursor.at] === ':' || content[cursor.at] === '[';
}

function readObject(page: Page, depth: number): string {
  const entries: string[] = [];
  for (let line = page.lines[page.next]; line?.depth === depth; line = page.lines[page.next]) {
    const cursor = { text: line.content, at: 0 };
    const key = readKey(cursor);
    entries.push(`${key}:${readField(cursor, { page, depth })}`);
  }
  return `{${entries.join(',')}}`;
}

interface Place {
  readonly page: Page;
  readonly depth: number;
}

/** What stands behind a key, from the cursor on, and in the deeper lines below. */
function readField(cursor: LineCursor, place: Place): string {
  const { page, depth } = place;
  if (cursor.text[cursor.at] === '[') return readArray(cursor, place);
  expect(cursor, ':');
  page.next++;
  if (cursor.at === cursor.text.length) return readObject(page, depth + 1);
  expect(cursor, ' ');
  if (cursor.text.endsWith('[]') && cursor.at === cursor.text.length - 2) return '[]';
  return atEnd(cursor, readToken(cursor));
}

/** A list or a table, from its `[` on; what it holds stands one level deeper. */
function readArray(cursor: LineCursor, { page, depth }: Place): string {
  const { text } = cursor;
  page.next++;
  if (text.slice(cursor.at) === '[]') return '[]';
  expect(cursor, '[');
  const count = readCount(cursor, page);
  const hasKeys = text[cursor.at] === ':';
  if (hasKeys) cursor.at++;
  expect(cursor, ']');
  if (text[cursor.at] === '{') {
    const fields = readFields(cursor);
    expect(cursor, ':');
    const rows = Array.from({ length: count }, () => readRow(fields, { page, hasKeys }));
    return hasKeys ? `{${rows.join(',')}}` : `[${rows.join(',')}]`;
  }
  expect(cursor, ':');
  if (cursor.at === text.length) {
    return `[${Array.from({ length: count }, () => readItem({ page, depth: depth + 1 })).join(',')}]`;
  }
  expect(cursor, ' ');
  const cells = Array.from({ length: count }, (_cell, index) => readCell(cursor, index > 0));
  return atEnd(cursor, `[${cells.join(',')}]`);
}

/** More than the text can hold is refused before anything is made of it. */
function readCount(cursor: LineCursor, { lines }: Page): number {
  const start = cursor.at;
  while (/^\d$/.test(cursor.text.charAt(cursor.at))) cursor.at++;
  const count = Number(cursor.text.slice(start, cursor.at));
  if (cursor.at === start || count > cursor.text.length + lines.length) throw new SyntaxError(`No count, at ${start}.`);
  return count;
}

interface ShownField {
  readonly key: string;
  readonly children: readonly ShownField[] | undefined;
}

function readFields(cursor: LineCursor): readonly ShownField[] {
  expect(cursor, '{');
  const fields: ShownField[] = [];
  do {
    if (fields.length > 0) expect(cursor, ',');
    const key = readKey(cursor);
    fields.push({ key, children: cursor.text[cursor.at] === '{' ? readFields(cursor) : undefined });
  } while (cursor.text[cursor.at] === ',');
  expect(cursor, '}');
  return fields;
}

function readRow(fields: readonly ShownField[], { page, hasKeys }: { page: Page; hasKeys: boolean }): string {
  const cursor = { text: page.lines[page.next]?.content ?? '', at: 0 };
  page.next++;
  if (!hasKeys) return atEnd(cursor, readRecord(fields, { cursor, isFirst: true }));
  const key = readKey(cursor);
  expect(cursor, ': ');
  return atEnd(cursor, `${key}:${readRecord(fields, { cursor, isFirst: true })}`);
}

function readRecord(
  fields: readonly ShownField[],
  { cursor, isFirst }: { cursor: LineCursor; isFirst: boolean },
): string {
  const entries = fields.map(({ key, children }, index) => {
    const leads = isFirst && index === 0;
    return `${key}:${children === undefined ? readCell(cursor, !leads) : readRecord(children, { cursor, isFirst: leads })}`;
  });
  return `{${entries.join(',')}}`;
}

function readCell(cursor: LineCursor, isLater: boolean): string {
  if (isLater) expect(cursor, ',');
  return readToken(cursor);
}

function readItem({ page, depth }: Place): string {
  const { content } = page.lines[page.next] ?? { content: '' };
  if (content === '-') {
    page.next++;
    return '{}';
  }
  if (!content.startsWith('- ')) throw new SyntaxError(`No item, in line ${page.next}.`);
  const cursor = { text: content, at: 2 };
  if (content[2] === '[') {
    if (content === '- [0]:') {
      page.next++;
      return '[]';
    }
    return readArray(cursor, { page, depth });
  }
  // The first field of an object stands behind the dash, as deep as those below it.
  page.lines[page.next] = { depth: depth + 1, content: content.slice(2) };
  return isField(content.slice(2)) ? readObject(page, depth + 1) : readLine(page);
}

function expect(cursor: LineCursor, expected: string): void {
  if (!cursor.text.startsWith(expected, cursor.at)) throw new SyntaxError(`Expected ${expected} at ${cursor.at}.`);
  cursor.at += expected.length;
}

function atEnd(cursor: LineCursor, json: string): string {
  if (cursor.at !== cursor.text.length) throw new SyntaxError(`There is more in the line, at ${cursor.at}.`);
  return json;
}
