import { readRecordsText } from './table-text.ts';

/** The minified JSON that `writeDocument` was given. Throws on a text that it did not write. */
export function readDocument(text: string, order: string): string {
  const lines = text.split('\n');
  const orders = order.split('|');
  if (!text.startsWith('{') && !text.startsWith('[')) return readAll(lines, orders);
  const outer = lines[0] ?? '';
  const tables: string[] = [];
  let line = 1;
  while (line < lines.length) {
    const title = `<table ${tables.length + 1}>: `;
    if (lines[line]?.startsWith(title) !== true) throw new SyntaxError(`No table ${tables.length + 1}.`);
    lines[line] = lines[line]?.slice(title.length) ?? '';
    const { json, end } = readRecordsText(lines, { start: line, order: orders[tables.length] ?? '' });
    tables.push(json);
    line = end;
  }
  return fillIn(outer, tables);
}

function readAll(lines: readonly string[], orders: readonly string[]): string {
  const { json, end } = readRecordsText(lines, { start: 0, order: orders[0] ?? '' });
  if (end !== lines.length) throw new SyntaxError('There is text behind the table.');
  return json;
}

/** Placeholders stand where a value stands; the same words inside of a string are text. */
function fillIn(outer: string, tables: readonly string[]): string {
  let filled = '';
  let from = 0;
  let next = 0;
  let inString = false;
  for (let at = 0; at < outer.length; at++) {
    const code = outer.charCodeAt(at);
    if (inString) {
      if (code === 0x5c) at++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x3c) {
      const end = outer.indexOf('>', at);
      filled += outer.slice(from, at) + (tables[next] ?? '');
      next++;
      from = end + 1;
      at = end;
    }
  }
  return filled + outer.slice(from);
}
