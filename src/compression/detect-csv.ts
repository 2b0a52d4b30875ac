import type { CsvContent } from './content.ts';
import { type CsvDialect, type CsvRecord, cellValue, parseCsv } from './csv/parse-csv.ts';
import { numberSource, valueTypeOf } from './csv/value-type.ts';

const SEPARATORS = [',', '\t', ';', '|'] as const;
const FEWEST_RECORDS = 3;
/** Of two columns it takes more to tell a table from a text. */
const FEWEST_RECORDS_OF_TWO = 5;
/** Lines looked at before the whole text is parsed, and the share of them that has to hold the separator. */
const FIRST_LINES = 40;
const LEAST_SEPARATED = 0.9;
/** Records of another length: a cut last line, a remark. */
const MOST_IRREGULAR_SHARE = 0.02;
const MOST_IRREGULAR = 2;
const MOST_COLUMNS = 2_000;
const LONGEST_TEXT = 8_000_000;
/** Records whose cells are looked at: evenly spread. */
const SAMPLE_RECORDS = 300;
const LONGEST_NAME = 60;

/**
 * Text whose records have the same number of values between commas, tabs, semicolons or pipes, if the values look like
 * data: logs, search hits, code, prose and `key=value` lines are none, however many commas they have.
 */
export function recogniseCsv(text: string): CsvContent | undefined {
  if (text.length > LONGEST_TEXT || !text.includes('\n')) return undefined;
  const lines = text.split('\n');
  if (looksLikeDiff(lines) || /^\s{0,8}\|/.test(lines[0] ?? '')) return undefined;
  const lineEnd = hasCarriageReturns(lines) ? '\r\n' : '\n';
  for (const separator of SEPARATORS) {
    if (!isSeparated(lines, separator)) continue;
    for (const isQuoted of [true, false]) {
      const dialect: CsvDialect = { separator, isQuoted, lineEnd };
      const records = parseCsv(text, dialect);
      if (records === undefined) continue;
      const columnCount = commonLength(records);
      if (columnCount === undefined) break;
      const regular = records.filter(({ cells }) => cells.length === columnCount);
      if (!looksLikeData(sampleOf(regular), separator)) break;
      return { kind: 'csv', text, lines, dialect, records, columnCount, hasHeader: hasHeader(regular) };
    }
  }
  return undefined;
}

/** Whether every line but the last, which may be cut, ends with a carriage return. */
function hasCarriageReturns(lines: readonly string[]): boolean {
  return lines.length > 1 && lines.every((line, index) => index === lines.length - 1 || line.endsWith('\r'));
}

function isSeparated(lines: readonly string[], separator: string): boolean {
  let looked = 0;
  let separated = 0;
  for (const line of lines) {
    if (line.trim() === '') continue;
    looked++;
    if (line.includes(separator)) separated++;
    if (looked === FIRST_LINES) break;
  }
  return looked >= FEWEST_RECORDS - 1 && separated >= looked * LEAST_SEPARATED;
}

/** How many cells all but very few of the records have. */
function commonLength(records: readonly CsvRecord[]): number | undefined {
  const counts = new Map<number, number>();
  let filled = 0;
  for (const { cells } of records) {
    if (cells.length === 1 && cells[0]?.trim() === '') continue;
    filled++;
    counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  }
  let common = 0;
  let most = 0;
  for (const [length, count] of counts) {
    if (count <= most) continue;
    common = length;
    most = count;
  }
  if (common < 2 || common > MOST_COLUMNS) return undefined;
  if (most < (common === 2 ? FEWEST_RECORDS_OF_TWO : FEWEST_RECORDS)) return undefined;
  const isCut = (records.at(-1)?.cells.length ?? 0) < common;
  const irregular = filled - most - (isCut ? 1 : 0);
  if (irregular > Math.max(filled * MOST_IRREGULAR_SHARE, Math.min(MOST_IRREGULAR, filled / 8))) return undefined;
  return common;
}

function sampleOf(records: readonly CsvRecord[]): readonly (readonly string[])[] {
  const step = Math.max(1, Math.floor(records.length / SAMPLE_RECORDS));
  const rows: (readonly string[])[] = [];
  for (let index = 0; index < records.length; index += step) rows.push(records[index]?.cells ?? []);
  return rows;
}

/** Values of a few words, of which some columns hold numbers, times, or the same few words again and again. */
function looksLikeData(rows: readonly (readonly string[])[], separator: string): boolean {
  if (rows.filter(isOther).length > rows.length * 0.3) return false;
  const width = rows[0]?.length ?? 0;
  const body = rows.slice(1);
  let telling = 0;
  let short = 0;
  for (let column = 0; column < width; column++) {
    const types = new Map<string, number>();
    const distinct = new Set<string>();
    let words = 0;
    let spaced = 0;
    for (const cells of body) {
      const cell = cells[column] ?? '';
      const value = cellValue(cell).trim();
      if (cell.startsWith(' ')) spaced++;
      const type = valueTypeOf(value);
      types.set(type, (types.get(type) ?? 0) + 1);
      distinct.add(value);
      if (type === 'words') words += value.length > 60 ? 12 : value.split(' ').length;
      else words++;
    }
    const typed = (types.get('number') ?? 0) + (types.get('time') ?? 0) + (types.get('empty') ?? 0);
    const isShort = words <= body.length * 4;
    if (isShort) short++;
    if (typed >= body.length * 0.9 || (isShort && body.length >= 6 && distinct.size <= body.length / 3)) telling++;
    if (column === 0 && !isShort) return false;
    if (separator === '|' && column > 0 && spaced > body.length / 2) return false;
  }
  if (width === 2) return short === 2 && telling > 0;
  return short * 2 >= width && (telling > 0 || (hasHeaderNames(rows[0] ?? []) && !rows.some(isSentence)));
}

/** A line of code, JSON, markup, a search hit, a log with the comma of its milliseconds, a listing of sizes. */
function isOther(cells: readonly string[]): boolean {
  const first = cells[0] ?? '';
  const second = cells[1] ?? '';
  const last = cells.at(-1) ?? '';
  if (/^\s*[[{(<]/.test(first) || /^(?:\s{2,}|\t)\S/.test(first)) return true;
  if (/[{(]\s*$/.test(last) || /[;}]\s*$/.test(last) || last === '') return last !== '' || cells.length === 2;
  if (/^\d{3}[\s\]]/.test(second) && /\d\d:\d\d:\d\d$/.test(first)) return true;
  if (/^[^\s:]{1,200}:\d+[:-]/.test(first) || /^[^"(]*\([^)]*$/.test(first)) return true;
  if (cells.length === 2 && /^[./~]/.test(second) && numberSource(first.replace(/[KMGTB]$/, '')) !== undefined)
    return true;
  return cells.every((cell) => /^\s*["']?[\w.$-]{1,40}["']?\s*[=:](?!\d\d\b)/.test(cell));
}

function isSentence(cells: readonly string[]): boolean {
  return /[.!?]["']?\s*$/.test(cells.at(-1) ?? '') || cells.slice(1).every((cell) => cell.startsWith(' '));
}

function looksLikeDiff(lines: readonly string[]): boolean {
  return lines
    .slice(0, 5)
    .some((line) => line.startsWith('diff --') || line.startsWith('@@ ') || line.startsWith('--- '));
}

/** Whether the first record names the columns: names, all different, none of which comes again below it. */
function hasHeader(records: readonly CsvRecord[]): boolean {
  const names = records[0]?.cells ?? [];
  if (!hasHeaderNames(names)) return false;
  const body = records.slice(1, SAMPLE_RECORDS);
  const hasTyped = names.some((_name, column) =>
    body.every(({ cells }) => isTyped(cellValue(cells[column] ?? '').trim())),
  );
  if (hasTyped) return true;
  return names.every((name, column) => body.every(({ cells }) => cells[column] !== name));
}

function isTyped(value: string): boolean {
  const type = valueTypeOf(value);
  return type === 'number' || type === 'time' || type === 'empty';
}

function hasHeaderNames(cells: readonly string[]): boolean {
  const names = cells.map((cell) => cellValue(cell).trim());
  const filled = names.filter((name) => name !== '');
  if (filled.length < names.length - 1 || new Set(filled).size < filled.length) return false;
  return filled.every((name) => {
    const type = valueTypeOf(name);
    return (type === 'word' || type === 'words') && name.length <= LONGEST_NAME && /[\p{L}_#%]/u.test(name);
  });
}
