import { type JsonNode, type JsonObject, parseJson } from '../../json/parse-json.ts';
import { writeJson } from '../../json/write-json.ts';
import type { Encoded, EncodingForm } from '../../strategy.ts';
import { columnName } from '../records/cell-text.ts';

/** Records without objects or lists in them, all with the same keys in the same order. */
export interface FlatRecords {
  /** As they stood in the source, with quotes. */
  readonly keys: readonly string[];
  /** The JSON sources of the values, row by row. */
  readonly rows: readonly (readonly string[])[];
}

/** How one table is spelled, from its header to its last row. */
export interface TableSpelling {
  /** `undefined` when it can not say these values. */
  write(records: FlatRecords): string | undefined;
  /** Throws on what it did not write. */
  read(text: string): FlatRecords;
}

/** Where flat records stand in a document: at its root, or as the value at `index` of the object that it is. */
export interface FoundRecords {
  readonly records: FlatRecords;
  readonly index: number | undefined;
}

/** The flat records of a document that is a list of them, or an object that holds exactly one such list. */
export function findFlatRecords(root: JsonNode): FoundRecords | undefined {
  const whole = flatRecords(root);
  if (whole !== undefined) return { records: whole, index: undefined };
  if (root.type !== 'object') return undefined;
  let found: FoundRecords | undefined;
  for (const [index, value] of root.values.entries()) {
    const records = flatRecords(value);
    if (records === undefined) continue;
    if (found !== undefined) return undefined;
    found = { records, index };
  }
  return found;
}

/** Such a document as a table, with everything else in a line of JSON before it. */
export function writeFlat(root: JsonNode, spelling: TableSpelling): Encoded | undefined {
  const found = findFlatRecords(root);
  const table = found === undefined ? undefined : spelling.write(found.records);
  const index = found?.index;
  if (table === undefined) return undefined;
  if (root.type !== 'object' || index === undefined) return { text: table };
  const rest = writeJson({ ...root, keys: root.keys.toSpliced(index, 1), values: root.values.toSpliced(index, 1) });
  const title = `${columnName(root.keys[index] ?? '""')}:`;
  const lines = rest === '{}' ? [title, table] : [rest, title, table];
  return { text: lines.join('\n'), form: { at: index } };
}

/** The minified JSON that `writeFlat` was given. Throws on a text that it did not write. */
export function readFlat(text: string, form: EncodingForm | undefined, spelling: TableSpelling): string {
  const at = form?.['at'];
  if (typeof at !== 'number') return writeRows(spelling.read(text));
  const lines = text.split('\n', 2);
  const rest = lines[0]?.startsWith('{') === true ? lines[0] : '';
  const title = (rest === '' ? lines[0] : lines[1]) ?? '';
  const table = text.slice((rest === '' ? 0 : rest.length + 1) + title.length + 1);
  const name = title.slice(0, -1);
  const entry = `${name.startsWith('"') ? name : `"${name}"`}:${writeRows(spelling.read(table))}`;
  return `{${entriesOf(rest).toSpliced(at, 0, entry).join(',')}}`;
}

function entriesOf(json: string): readonly string[] {
  const node = json === '' ? undefined : parseJson(json);
  if (node?.type !== 'object') return [];
  return node.keys.map((key, index) => `${key}:${writeJson(node.values[index] ?? NOTHING)}`);
}

const NOTHING: JsonNode = { type: 'null', source: 'null' };

function flatRecords(node: JsonNode): FlatRecords | undefined {
  if (node.type !== 'array') return undefined;
  const first = node.items[0];
  if (first?.type !== 'object' || first.keys.length === 0) return undefined;
  const rows: string[][] = [];
  for (const item of node.items) {
    const row = flatRow(item, first);
    if (row === undefined) return undefined;
    rows.push(row);
  }
  return { keys: first.keys, rows };
}

function flatRow(item: JsonNode, { keys }: JsonObject): string[] | undefined {
  if (item.type !== 'object' || item.keys.length !== keys.length) return undefined;
  const row: string[] = [];
  for (const [index, value] of item.values.entries()) {
    if (value.type === 'object' || value.type === 'array' || item.keys[index] !== keys[index]) return undefined;
    row.push(value.source);
  }
  return row;
}

function writeRows({ keys, rows }: FlatRecords): string {
  const records = rows.map((row) => {
    if (row.length !== keys.length) throw new SyntaxError(`A row has ${row.length} cells, not ${keys.length}.`);
    return `{${row.map((source, index) => `${keys[index] ?? ''}:${source}`).join(',')}}`;
  });
  return `[${records.join(',')}]`;
}
