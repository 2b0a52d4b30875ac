import type { JsonNode } from '../../json/parse-json.ts';
import { sameJson } from '../../json/same-json.ts';
import { estimateTokens } from './estimate-tokens.ts';
import type { Leaf } from './plan-roles.ts';
import type { TemplatePart } from './record-shape.ts';
import { type Piece, readFrame, readSideBySide } from './side-by-side.ts';

/** With more columns than this they are no longer compared with each other. */
const MOST_COMPARED = 250;
const SAMPLES = 5;
/** A frame around the cells that is shorter, in estimated tokens, stays in the cells. */
const SHORTEST_FRAME = 3;

export interface Column extends Leaf {
  /** The text of strings without escapes and of numbers. */
  readonly texts: readonly (string | undefined)[];
  readonly dependsOn: Set<Column>;
}

/** Finds the columns that others spell out, such as an address that ends in the number, and gives them that role. */
export function deriveTemplates(leaves: readonly Leaf[], manner: { readonly keepsValuesWhole: boolean }): void {
  const columns = leaves
    .filter(({ field }) => field?.role.type !== 'constant')
    .map((leaf): Column => ({ ...leaf, texts: leaf.values.map(textOf), dependsOn: new Set() }));
  const names = new Set(leaves.map(({ name }) => name));
  const compared = columns.length <= MOST_COMPARED ? columns.filter(({ name }) => !/[{}]/.test(name)) : [];
  for (const column of columns) {
    const { field } = column;
    if (field === undefined) continue;
    const original = findEqual(column, compared);
    if (original !== undefined) {
      column.dependsOn.add(original);
      field.role = { type: 'derived', template: [partOf({ column: original })] };
      continue;
    }
    if (!isAllText(column)) continue;
    const pieces = findTemplate(column, { compared, names });
    if (pieces === undefined || (manner.keepsValuesWhole && pieces.some(isSaying))) continue;
    for (const piece of pieces) if (typeof piece === 'object' && 'column' in piece) column.dependsOn.add(piece.column);
    const template = pieces.map(partOf);
    if (!pieces.some(isOwn)) field.role = { type: 'derived', template };
    else field.role = { type: 'cell', text: true, frame: { template, own: ownParts(column, pieces) } };
  }
}

/** Whether a template with this part says more than how one address or name comes from another: a reader quotes that. */
function isSaying(part: Piece): boolean {
  return typeof part === 'string' ? part.includes(' ') : isOwn(part);
}

/** Whether this part of a template is the row's own cell. */
export function isOwn(part: TemplatePart | Piece): boolean {
  return typeof part === 'object' && 'own' in part;
}

function textOf(value: JsonNode | undefined): string | undefined {
  if (value?.type === 'number') return value.source;
  if (value?.type !== 'string' || value.source.includes('\\')) return undefined;
  return value.source.slice(1, -1);
}

function partOf(piece: Piece): TemplatePart {
  if (typeof piece === 'string' || 'own' in piece) return piece;
  const { field } = piece.column;
  return field === undefined ? { key: true } : { field };
}

/** Strings without escapes, or null, or nothing. */
function isAllText({ values, texts }: Column): boolean {
  return values.every(
    (value, row) =>
      value === undefined || value.type === 'null' || (value.type === 'string' && texts[row] !== undefined),
  );
}

function dependsOn(column: Column, other: Column): boolean {
  if (column === other) return true;
  for (const used of column.dependsOn) if (dependsOn(used, other)) return true;
  return false;
}

/** An earlier column that has the same value in every row. */
function findEqual(column: Column, compared: readonly Column[]): Column | undefined {
  const telling = column.values.filter((value) => value?.type === 'string' || value?.type === 'number');
  if (telling.length < 2) return undefined;
  const before = compared.slice(0, Math.max(0, compared.indexOf(column)));
  return before.find((other) => isEqual(column, other) && !dependsOn(other, column));
}

function isEqual(column: Column, other: Column): boolean {
  return column.values.every((value, row) => {
    const expected = column.rows[row] === -1 ? undefined : other.values[row];
    if (value === undefined || expected === undefined) return value === expected;
    return sameJson(value, expected);
  });
}

interface Surroundings {
  readonly compared: readonly Column[];
  readonly names: ReadonlySet<string>;
}

/** Reads a few rows side by side, then holds what it found against all of them. */
function findTemplate(column: Column, { compared, names }: Surroundings): readonly Piece[] | undefined {
  const rows = column.texts.flatMap((text, row) => (text === undefined ? [] : [row]));
  const samples = sampleRows(column, rows);
  if (samples.length < 2) return undefined;
  const usable = compared.filter((other) => isUsable(other, { column, samples }));
  if (usable.length > 0) {
    const pieces = readSideBySide(column, { rows: samples, usable });
    if (pieces.length > 1 && pieces.some((piece) => typeof piece === 'object' && 'column' in piece)) {
      if (isWritable(pieces, names) && holds(column, pieces) && pays(column, { pieces, rows })) return pieces;
    }
  }
  const frame = readFrame(column, rows);
  return isWritable(frame, names) && holds(column, frame) && pays(column, { pieces: frame, rows }) ? frame : undefined;
}

/** Rows with different texts, from all over the column. */
function sampleRows({ texts }: Column, rows: readonly number[]): readonly number[] {
  const seen = new Set<string>();
  const step = Math.max(1, Math.floor(rows.length / 40));
  const samples: number[] = [];
  for (let index = 0; index < rows.length && samples.length < SAMPLES; index += step) {
    const row = rows[index] ?? 0;
    const text = texts[row] ?? '';
    if (seen.has(text)) continue;
    seen.add(text);
    samples.push(row);
  }
  return samples;
}

/** Whether another column's text changes from sample to sample and occurs in this column's text in each of them. */
function isUsable(other: Column, { column, samples }: { column: Column; samples: readonly number[] }): boolean {
  if (other === column) return false;
  let first: string | undefined;
  let changes = false;
  for (const row of samples) {
    const text = other.texts[row];
    if (text === undefined || text === '' || column.texts[row]?.includes(text) !== true) return false;
    first ??= text;
    changes ||= text !== first;
  }
  return changes && !dependsOn(other, column);
}

/** A frame in the header must not disturb it, and no literal may look like another column's name in braces. */
function isWritable(pieces: readonly Piece[], names: ReadonlySet<string>): boolean {
  const framed = pieces.some(isOwn);
  return pieces.every((piece) => {
    if (typeof piece !== 'string') return !(framed && 'column' in piece && /[",(){}]/.test(piece.column.name));
    if (framed) return !/[",(){}]/.test(piece);
    return piece.split('{').every((tail) => !names.has(tail.split('}', 1)[0] ?? ''));
  });
}

/** Whether the template says of every row exactly what the row says. */
function holds(column: Column, pieces: readonly Piece[]): boolean {
  const own = pieces.findIndex(isOwn);
  const before = own === -1 ? pieces : pieces.slice(0, own);
  const behind = own === -1 ? [] : pieces.slice(own + 1);
  return column.values.every((value, row) => {
    if (own !== -1 && (value === undefined || value.type === 'null')) return true;
    const start = spell(before, row);
    const end = spell(behind, row);
    const text = column.texts[row];
    if (own === -1 && value === undefined) return start === undefined || column.rows[row] === -1;
    if (start === undefined || end === undefined || text === undefined) return false;
    if (own === -1) return text === start;
    return text.length > start.length + end.length && text.startsWith(start) && text.endsWith(end);
  });
}

/** Per row of the shape that holds the column, what stands between the parts that all rows share. */
function ownParts(column: Column, pieces: readonly Piece[]): readonly (string | undefined)[] {
  const own = pieces.findIndex(isOwn);
  const parts: (string | undefined)[] = [];
  for (const [row, text] of column.texts.entries()) {
    const held = column.rows[row] ?? -1;
    if (held === -1 || text === undefined) continue;
    const start = spell(pieces.slice(0, own), row) ?? '';
    const end = spell(pieces.slice(own + 1), row) ?? '';
    parts[held] = text.slice(start.length, text.length - end.length);
  }
  return parts;
}

function spell(pieces: readonly Piece[], row: number): string | undefined {
  let spelled = '';
  for (const piece of pieces) {
    const text = typeof piece === 'string' ? piece : 'column' in piece ? piece.column.texts[row] : '';
    if (text === undefined) return undefined;
    spelled += text;
  }
  return spelled;
}

function pays(column: Column, { pieces, rows }: { pieces: readonly Piece[]; rows: readonly number[] }): boolean {
  const first = rows[0] ?? 0;
  const literal = pieces.map((piece) => (typeof piece === 'string' ? piece : ' ')).join('');
  const once = estimateTokens(literal) + pieces.length + 1;
  if (!pieces.some(isOwn)) return estimateTokens(column.texts[first] ?? '') * rows.length > once + 2;
  const spared = estimateTokens(spell(pieces, first) ?? '');
  return spared >= SHORTEST_FRAME && spared * rows.length > once;
}
