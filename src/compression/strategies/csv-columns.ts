import type { CsvContent } from '../content.ts';
import { type CsvDialect, parseCsv, writeCsv } from '../csv/parse-csv.ts';
import type { Encoded, EncodingForm, Strategy } from '../strategy.ts';
import { headRows, unheadRows } from './csv/headed-rows.ts';
import { type SpareColumn, findSpareColumns, isPlain } from './csv/spare-columns.ts';
import { estimateTokens } from './lines/estimate-tokens.ts';

const FEWEST_ROWS = 4;
/** The places of the columns that are left out, for the decoder, take no more characters than this. */
const LONGEST_PLACES = 48;
const MOST_ALIKE = 2;
const SAME = 'same in every row: ';
const COUNT = 'counting up, by 1 per row: ';
const HEADED = '"# X": each line below begins with X. After "=": the line itself.';

/**
 * CSV with every value as it stands in the source, quotes included, but for what the rows need not say: columns that are
 * the same throughout, that count up, or that another column tells are said once above; what neighbouring rows begin
 * with becomes a heading. Decodes character by character.
 */
export const csvColumns: Strategy<'csv'> = { name: 'csv-columns', kinds: ['csv'], encode, decode };

function encode({ text, dialect, records, columnCount, hasHeader }: CsvContent): Encoded | undefined {
  const all = records.map(({ cells }) => cells);
  const headerAt = hasHeader ? all.findIndex(({ length }) => length === columnCount) : -1;
  const rows = all.filter(({ length }, index) => length === columnCount && index !== headerAt);
  if (rows.length < FEWEST_ROWS) return undefined;
  const names = all[headerAt];
  const spared = writable(findSpareColumns(rows, columnCount), { names, all, columnCount });
  const places = spared.map(placeOf).join(',');
  const head = writeHead(spared, { names, dialect });
  const left = new Set(spared.map(({ column }) => column));
  const reduced = all.map((cells) =>
    cells.length === columnCount ? cells.filter((_cell, column) => !left.has(column)) : cells,
  );
  const lines = writeCsv(reduced, dialect).split(dialect.lineEnd);
  const above = headerAt + 1;
  const hasMultiLine = records.some(({ firstLine, lastLine }) => firstLine !== lastLine);
  const headed = hasMultiLine ? undefined : headRows(lines.slice(above));
  const isHeaded = headed !== undefined && gain(lines.slice(above), headed) > 0;
  if (spared.length === 0 && !isHeaded) return undefined;
  const body = isHeaded ? [HEADED, ...lines.slice(0, above), ...headed] : lines;
  const { separator, isQuoted, lineEnd } = dialect;
  const form: EncodingForm = {
    separator,
    isQuoted,
    carriageReturns: lineEnd === '\r\n',
    endsWithLine: text.endsWith(lineEnd),
    columnCount,
    headerAt,
    isHeaded,
    places,
    alike: spared.length === 0 ? '' : alikeAt(all, columnCount - spared.length).join(','),
  };
  return { text: [...head, ...body].join('\n'), form };
}

function gain(lines: readonly string[], headed: readonly string[]): number {
  return estimateTokens(lines.join('\n')) - estimateTokens(`${HEADED}\n${headed.join('\n')}`);
}

interface Table {
  readonly names: readonly string[] | undefined;
  readonly all: readonly (readonly string[])[];
  readonly columnCount: number;
}

/** Only what the decoder can read back: plain names, and few records of another length that would look like rows. */
function writable(spared: readonly SpareColumn[], { names, all, columnCount }: Table): readonly SpareColumn[] {
  const plain: SpareColumn[] = [];
  let length = 0;
  for (const entry of spared) {
    if (!isPlain(names?.[entry.column] ?? '')) continue;
    length += placeOf(entry).length + 1;
    if (length > LONGEST_PLACES) break;
    plain.push(entry);
  }
  while (plain.length > 0 && alikeAt(all, columnCount - plain.length).length > MOST_ALIKE) plain.pop();
  return plain;
}

/** Where records of another length are that look like rows once those have lost columns, such as a last line that was cut. */
function alikeAt(all: readonly (readonly string[])[], length: number): readonly number[] {
  return all.flatMap((cells, index) => (cells.length === length ? [index] : []));
}

/** `3=`, `1+`, `9<8`: the column, how it is said above, and the column that tells it. */
function placeOf(entry: SpareColumn): string {
  if (entry.type === 'constant') return `${entry.column}=`;
  return entry.type === 'count' ? `${entry.column}+` : `${entry.column}<${entry.by}`;
}

function writeHead(
  spared: readonly SpareColumn[],
  { names, dialect }: { readonly names: readonly string[] | undefined; readonly dialect: CsvDialect },
): readonly string[] {
  const nameOf = (column: number): string => names?.[column] ?? `column ${column + 1}`;
  const head: string[] = [];
  const constants: string[] = [];
  const counts: string[] = [];
  const lookups: string[] = [];
  for (const entry of spared) {
    const name = nameOf(entry.column);
    if (entry.type === 'constant') constants.push(`${name}=${entry.value}`);
    else if (entry.type === 'count') counts.push(`${name}=${entry.first}...`);
    else {
      lookups.push(`${name}, by ${nameOf(entry.by)}, ${entry.values.size} lines:`);
      for (const [key, value] of entry.values) lookups.push(key + dialect.separator + value);
    }
  }
  if (constants.length > 0) head.push(SAME + constants.join(','));
  if (counts.length > 0) head.push(COUNT + counts.join(','));
  if (lookups.length > 0) head.push(...lookups);
  if (head.length > 0) head.push(`the other columns, ${names === undefined ? 'without' : 'with'} a header:`);
  return head;
}

function decode(text: string, form: EncodingForm | undefined): string {
  const dialect: CsvDialect = {
    separator: String(form?.['separator'] ?? ','),
    isQuoted: form?.['isQuoted'] === true,
    lineEnd: form?.['carriageReturns'] === true ? '\r\n' : '\n',
  };
  const columnCount = Number(form?.['columnCount'] ?? 0);
  const headerAt = Number(form?.['headerAt'] ?? -1);
  const places = String(form?.['places'] ?? '')
    .split(',')
    .filter((place) => place !== '');
  const { columns, next, lines } = readHead(text.split('\n'), { places, dialect });
  const above = next + 2 + headerAt;
  const body =
    form?.['isHeaded'] === true
      ? [...lines.slice(next + 1, above), ...unheadRows(lines.slice(above))]
      : lines.slice(next);
  const source = body.join(dialect.lineEnd);
  const ending = form?.['endsWithLine'] === true ? dialect.lineEnd : '';
  if (columns.length === 0) return source + ending;
  const records = parseCsv(source + dialect.lineEnd, dialect) ?? [];
  const alike = new Set(String(form?.['alike'] ?? '').split(','));
  let row = 0;
  const whole = records.map(({ cells }, index) => {
    if (cells.length !== columnCount - columns.length || alike.has(String(index))) return cells;
    const isHeader = index === headerAt;
    const filled = fillIn(cells, { columns, columnCount, row: isHeader ? undefined : row });
    if (!isHeader) row++;
    return filled;
  });
  return writeCsv(whole, dialect) + ending;
}

interface ReadColumn {
  readonly column: number;
  readonly name: string;
  readonly value?: string;
  readonly first?: number;
  readonly by?: number;
  readonly values?: ReadonlyMap<string, string>;
}

function readHead(
  lines: readonly string[],
  { places, dialect }: { readonly places: readonly string[]; readonly dialect: CsvDialect },
): { readonly columns: readonly ReadColumn[]; readonly next: number; readonly lines: readonly string[] } {
  if (places.length === 0) return { columns: [], next: 0, lines };
  const columns: ReadColumn[] = [];
  let next = 0;
  const readPairs = (start: string): readonly (readonly [string, string])[] => {
    const pairs = (lines[next++] ?? '').slice(start.length).split(',');
    return pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const);
  };
  const constants = places.filter((place) => place.endsWith('='));
  for (const [index, [name, value]] of (constants.length > 0 ? readPairs(SAME) : []).entries()) {
    columns.push({ column: Number.parseInt(constants[index] ?? '', 10), name, value });
  }
  const counts = places.filter((place) => place.endsWith('+'));
  for (const [index, [name, value]] of (counts.length > 0 ? readPairs(COUNT) : []).entries()) {
    columns.push({ column: Number.parseInt(counts[index] ?? '', 10), name, first: Number.parseInt(value, 10) });
  }
  for (const place of places.filter((place) => place.includes('<'))) {
    const [column = '', by = ''] = place.split('<');
    const title = lines[next++] ?? '';
    const count = Number(/(\d+) lines:$/.exec(title)?.[1] ?? 0);
    const values = new Map<string, string>();
    for (let entry = 0; entry < count; entry++) {
      const cells = parseCsv(lines[next++] ?? '', { ...dialect, lineEnd: '\n' })?.[0]?.cells ?? [];
      values.set(cells[0] ?? '', cells[1] ?? '');
    }
    columns.push({ column: Number(column), name: title.slice(0, title.indexOf(', by ')), by: Number(by), values });
  }
  return { columns, next: next + 1, lines };
}

interface Row {
  readonly columns: readonly ReadColumn[];
  readonly columnCount: number;
  /** `undefined` for the header. */
  readonly row: number | undefined;
}

function fillIn(cells: readonly string[], { columns, columnCount, row }: Row): readonly string[] {
  const whole: string[] = Array.from({ length: columnCount }, () => '');
  const spared = new Map(columns.map((entry) => [entry.column, entry]));
  let next = 0;
  for (let column = 0; column < columnCount; column++) {
    if (!spared.has(column)) whole[column] = cells[next++] ?? '';
  }
  for (const { column, name, value, first, by, values } of columns) {
    if (row === undefined) whole[column] = name;
    else if (first !== undefined) whole[column] = String(first + row);
    else whole[column] = value ?? values?.get(whole[by ?? 0] ?? '') ?? '';
  }
  return whole;
}
