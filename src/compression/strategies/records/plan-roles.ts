import type { JsonNode } from '../../json/parse-json.ts';
import { columnName, isLiteral } from './cell-text.ts';
import { deriveTemplates } from './derive-templates.ts';
import { type Field, type RecordShape, isConstant } from './record-shape.ts';

/** A column that holds values, seen from the record that it belongs to. */
export interface Leaf {
  /** `undefined` for the keys of a map's entries. */
  readonly field: Field | undefined;
  /** Per row of the record's shape. */
  readonly values: readonly (JsonNode | undefined)[];
  /** Per row of the record the row of the shape that holds the column, or -1 when there is none. */
  readonly rows: readonly number[];
  /** Its path from the record, as readers see it. */
  readonly name: string;
}

/** Decides for each column how it is written: once for all, put together from others, as text, or plainly. */
export function planRoles(shape: RecordShape, manner: { readonly keepsValuesWhole: boolean }): void {
  const leaves = leavesOf(shape);
  for (const { field } of leaves) {
    if (field === undefined) continue;
    if (isConstant(field.values)) field.role = { type: 'constant' };
    else field.role = { type: 'cell', text: needsTextMark(field.values) };
  }
  deriveTemplates(leaves, manner);
  planInner(shape, manner);
}

function planInner(shape: RecordShape, manner: { readonly keepsValuesWhole: boolean }): void {
  for (const { inner } of shape.fields) {
    if (inner === undefined) continue;
    if (inner.kind === 'group') planInner(inner.shape, manner);
    else planRoles(inner.shape, manner);
  }
}

function needsTextMark(values: readonly (JsonNode | undefined)[]): boolean {
  let marked = false;
  for (const value of values) {
    if (value === undefined || value.type === 'null') continue;
    if (value.type !== 'string') return false;
    const content = value.source.slice(1, -1);
    if (content !== 'null' && isLiteral(content)) marked = true;
  }
  return marked;
}

function leavesOf(shape: RecordShape): readonly Leaf[] {
  const leaves: Leaf[] = [];
  if (shape.keys !== undefined && shape.fields.every(({ key }) => key !== '"key"')) {
    const values = shape.keys.map((source): JsonNode => ({ type: 'string', source }));
    leaves.push({ field: undefined, values, rows: values.map((_value, row) => row), name: 'key' });
  }
  const rows = Array.from({ length: shape.rowCount }, (_row, index) => index);
  collectLeaves({ shape, rows, path: '' }, leaves);
  return leaves;
}

interface Held {
  readonly shape: RecordShape;
  /** Per row of the outermost record the row in this shape, or -1. */
  readonly rows: readonly number[];
  readonly path: string;
}

function collectLeaves({ shape, rows, path }: Held, leaves: Leaf[]): void {
  for (const field of shape.fields) {
    const { inner } = field;
    const name = path + columnName(field.key);
    if (inner?.kind === 'group') {
      const innerRows = rows.map((row) => (row === -1 ? -1 : (inner.starts[row] ?? -1)));
      collectLeaves({ shape: inner.shape, rows: innerRows, path: `${name}.` }, leaves);
    } else if (inner === undefined) {
      const values = rows.map((row) => (row === -1 ? undefined : field.values[row]));
      leaves.push({ field, values, rows, name });
    }
  }
}
