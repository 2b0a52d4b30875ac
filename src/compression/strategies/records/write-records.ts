import type { JsonNode } from '../../json/parse-json.ts';
import { estimateTokens } from './estimate-tokens.ts';
import { planRoles } from './plan-roles.ts';
import { KIND_NAMES, recordKinds } from './record-kinds.ts';
import { layOut } from './record-shape.ts';
import { JSON_ROW, type TableText, writeTable } from './write-table.ts';
import { writeJson } from '../../json/write-json.ts';

export interface WrittenRecords extends TableText {
  /** How many kinds of rows take turns; 1 when rows do not say their kind. */
  readonly kindCount: number;
}

/** How records are to be written. */
export interface RecordsManner {
  /** The keys of a map's entries, per record. */
  readonly keys?: readonly string[] | undefined;
  /** Whether a value may be parted between the head and its cell. A reader who looks for it word by word needs it whole. */
  readonly keepsValuesWhole?: boolean | undefined;
}

/**
 * Records as the lines of a table, or `undefined` when they have too little in common. Where kinds of records take
 * turns, each kind has columns of its own and a row begins with the letter of its kind.
 */
export function writeRecords(records: readonly JsonNode[], manner: RecordsManner = {}): WrittenRecords | undefined {
  const whole = writeKind(records, manner);
  const kinds = recordKinds(records);
  const mixed = kinds === undefined ? undefined : writeKinds(records, kinds, manner);
  if (whole === undefined || mixed === undefined) return whole === undefined ? mixed : { ...whole, kindCount: 1 };
  return cost(mixed) < cost(whole) * EASIER ? mixed : { ...whole, kindCount: 1 };
}

/** Kinds may cost this much more than one wide table: its runs of empty cells are hard to count. */
const EASIER = 1.1;

function cost({ head, rows }: TableText): number {
  return estimateTokens(head.join('\n')) + estimateTokens(rows.join('\n'));
}

function writeKind(
  records: readonly JsonNode[],
  { keys, keepsValuesWhole = false }: RecordsManner,
): TableText | undefined {
  const layout = layOut(records, keys);
  if (layout === undefined || (keys !== undefined && layout.isRow.includes(false))) return undefined;
  planRoles(layout.shape, { keepsValuesWhole });
  return writeTable(records, layout);
}

function writeKinds(
  records: readonly JsonNode[],
  kinds: readonly number[],
  manner: RecordsManner,
): WrittenRecords | undefined {
  const { keys } = manner;
  const rows: string[] = records.map((record) => JSON_ROW + writeJson(record));
  const head: string[] = [];
  const orders: string[] = [];
  for (let kind = 0; kinds.includes(kind); kind++) {
    const name = KIND_NAMES.charAt(orders.length);
    const members = kinds.flatMap((other, index) => (other === kind ? [index] : []));
    const table = writeKind(
      members.flatMap((index) => records[index] ?? []),
      { ...manner, keys: keys === undefined ? undefined : members.map((index) => keys[index] ?? '""') },
    );
    if (table === undefined) {
      if (keys !== undefined) return undefined;
      continue;
    }
    for (const line of table.head) head.push(`${name} ${line}`);
    orders.push(table.order);
    for (const [place, index] of members.entries()) {
      const row = table.rows[place] ?? '';
      if (!row.startsWith(JSON_ROW)) rows[index] = `${name},${row}`;
    }
  }
  if (orders.length < 2) return undefined;
  return { head, rows, order: orders.join('/').replace(/\/+$/, ''), kindCount: orders.length };
}
