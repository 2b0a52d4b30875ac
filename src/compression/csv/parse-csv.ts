/** How a text separates its values: by what, whether quotes protect separators and line ends, and how records end. */
export interface CsvDialect {
  readonly separator: string;
  /** Whether a cell that begins with a double quote ends with one, as in RFC 4180. */
  readonly isQuoted: boolean;
  readonly lineEnd: '\n' | '\r\n';
}

/** One record with its cells as they stand in the source, quotes included, and the lines that it takes, from 0. */
export interface CsvRecord {
  readonly cells: readonly string[];
  readonly firstLine: number;
  readonly lastLine: number;
}

/**
 * Splits a text into records, character by character: joined with separators and line ends they are the text again. A
 * line end at the very end begins no record. `undefined` when a quote is left open or closed within a cell.
 */
export function parseCsv(text: string, { separator, isQuoted, lineEnd }: CsvDialect): CsvRecord[] | undefined {
  const end = text.endsWith(lineEnd) ? text.length - lineEnd.length : text.length;
  const separatorCode = separator.charCodeAt(0);
  const records: CsvRecord[] = [];
  let cells: string[] = [];
  let line = 0;
  let firstLine = 0;
  let at = 0;
  while (true) {
    const start = at;
    if (isQuoted && text.charCodeAt(at) === QUOTE) {
      const close = closingQuote(text, at);
      if (close === -1 || close >= end) return undefined;
      at = close + 1;
      line += countLines(text, { from: start, to: at });
      if (at < end && text.charCodeAt(at) !== separatorCode && !text.startsWith(lineEnd, at)) return undefined;
    } else {
      while (at < end && text.charCodeAt(at) !== separatorCode && !endsRecord(text, at, lineEnd)) at++;
    }
    cells.push(text.slice(start, at));
    if (at < end && text.charCodeAt(at) === separatorCode) {
      at++;
      continue;
    }
    records.push({ cells, firstLine, lastLine: line });
    if (at >= end) return records;
    at += lineEnd.length;
    line++;
    firstLine = line;
    cells = [];
  }
}

/** The text of records, without a line end at the end. */
export function writeCsv(records: Iterable<readonly string[]>, { separator, lineEnd }: CsvDialect): string {
  const lines: string[] = [];
  for (const cells of records) lines.push(cells.join(separator));
  return lines.join(lineEnd);
}

/** What a cell says, without its quotes. */
export function cellValue(cell: string): string {
  if (cell.length < 2 || !cell.startsWith('"') || !cell.endsWith('"')) return cell;
  return cell.slice(1, -1).replaceAll('""', '"');
}

const QUOTE = 34;

function endsRecord(text: string, at: number, lineEnd: string): boolean {
  const code = text.charCodeAt(at);
  return lineEnd === '\n' ? code === 10 : code === 13 && text.charCodeAt(at + 1) === 10;
}

/** Where the quote that opens at `from` is closed; a doubled quote is a quote within. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from + 1);
  while (at !== -1 && text.charCodeAt(at + 1) === QUOTE) at = text.indexOf('"', at + 2);
  return at;
}

function countLines(text: string, { from, to }: { readonly from: number; readonly to: number }): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
