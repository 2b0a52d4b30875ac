import { numberSource } from '../../csv/value-type.ts';
import { estimateTokens } from '../lines/estimate-tokens.ts';

/** A column that the rows need not say. */
export type SpareColumn =
  | { readonly column: number; readonly type: 'constant'; readonly value: string }
  /** 1, 2, 3, ... from `first` on. */
  | { readonly column: number; readonly type: 'count'; readonly first: string }
  /** Wherever column `by` says the same, so does this. */
  | {
      readonly column: number;
      readonly type: 'lookup';
      readonly by: number;
      readonly values: ReadonlyMap<string, string>;
    };

const MOST_SPARED = 20;
const MOST_COMPARED = 24;
/** Less, in tokens, is not worth a look at another place. */
const LEAST_GAIN = 8;
/** A value that others depend on comes this often on the average. */
const LEAST_USES = 3;
/** What a line of a lookup costs besides its two values. */
const ENTRY_TOKENS = 2;
const PLAIN_NUMBER = /^(?:0|[1-9]\d{0,14})$/;

/**
 * Finds columns that say the same in every row, that count, or that another column tells. At least one is left, and no
 * column that another depends on is spared.
 */
export function findSpareColumns(rows: readonly (readonly string[])[], columnCount: number): readonly SpareColumn[] {
  const spared: SpareColumn[] = [];
  const distinct: (ReadonlyMap<string, number> | undefined)[] = [];
  for (let column = 0; column < columnCount; column++) {
    const counts = countsOf(rows, column);
    distinct.push(counts);
    if (spared.length >= Math.min(MOST_SPARED, columnCount - 1)) continue;
    const first = rows[0]?.[column] ?? '';
    if (counts?.size === 1) {
      if (isPlain(first)) spared.push({ column, type: 'constant', value: first });
    } else if (isCount(rows, column)) spared.push({ column, type: 'count', first });
  }
  const taken = new Set(spared.map(({ column }) => column));
  const needed = new Set<number>();
  for (const { column, by, values } of findLookups(rows, { distinct, taken })) {
    if (spared.length >= Math.min(MOST_SPARED, columnCount - 1)) break;
    if (taken.has(column) || taken.has(by) || needed.has(column)) continue;
    spared.push({ column, type: 'lookup', by, values });
    taken.add(column);
    needed.add(by);
  }
  return spared.toSorted((one, other) => one.column - other.column);
}

/** Can stand in a list with commas and equals signs, on one line. */
export function isPlain(value: string): boolean {
  return !/[,=\n\r]/.test(value);
}

/** How often each value comes, or `undefined` where most come once. */
function countsOf(rows: readonly (readonly string[])[], column: number): ReadonlyMap<string, number> | undefined {
  const counts = new Map<string, number>();
  for (const cells of rows) {
    const value = cells[column] ?? '';
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size * LEAST_USES > rows.length && counts.size > 1) return undefined;
  }
  return counts;
}

function isCount(rows: readonly (readonly string[])[], column: number): boolean {
  const first = rows[0]?.[column] ?? '';
  if (!PLAIN_NUMBER.test(first)) return false;
  return rows.every((cells, row) => cells[column] === String(Number(first) + row));
}

function isNumber(value: string): boolean {
  return numberSource(value) !== undefined;
}

interface Pair {
  readonly column: number;
  readonly by: number;
}

interface Lookup extends Pair {
  readonly values: ReadonlyMap<string, string>;
}

/** Columns that others tell, those that spare most first. */
function findLookups(
  rows: readonly (readonly string[])[],
  {
    distinct,
    taken,
  }: { readonly distinct: readonly (ReadonlyMap<string, number> | undefined)[]; readonly taken: ReadonlySet<number> },
): readonly Lookup[] {
  const found: { readonly lookup: Lookup; readonly gain: number }[] = [];
  const compared = distinct
    .flatMap((counts, column) => (counts === undefined || taken.has(column) ? [] : [{ column, size: counts.size }]))
    .slice(0, MOST_COMPARED);
  for (const { column, size } of compared) {
    for (const { column: by, size: bySize } of compared) {
      if (by === column || bySize < size) continue;
      const values = lookupOf(rows, { column, by });
      if (values === undefined) continue;
      const gain = gainOf(rows, { column, values });
      if (gain > LEAST_GAIN) found.push({ lookup: { column, by, values }, gain });
    }
  }
  return found.toSorted((one, other) => other.gain - one.gain).map(({ lookup }) => lookup);
}

function lookupOf(rows: readonly (readonly string[])[], { column, by }: Pair): ReadonlyMap<string, string> | undefined {
  const values = new Map<string, string>();
  let numbers = 0;
  for (const cells of rows) {
    const key = cells[by] ?? '';
    const value = cells[column] ?? '';
    const known = values.get(key);
    if (known === undefined) {
      if (value.includes('\n') || key.includes('\n')) return undefined;
      if (isNumber(key) && isNumber(value)) numbers++;
      values.set(key, value);
    } else if (known !== value) return undefined;
  }
  // Numbers that go together here, as sums of costs do, would have to be looked up to be read.
  return numbers > values.size / 2 ? undefined : values;
}

function gainOf(
  rows: readonly (readonly string[])[],
  { column, values }: { readonly column: number; readonly values: ReadonlyMap<string, string> },
): number {
  let gain = 0;
  const costs = new Map<string, number>();
  for (const cells of rows) {
    const value = cells[column] ?? '';
    let cost = costs.get(value);
    if (cost === undefined) {
      cost = estimateTokens(value) + 1;
      costs.set(value, cost);
    }
    gain += cost;
  }
  for (const [key, value] of values) gain -= estimateTokens(key) + estimateTokens(value) + ENTRY_TOKENS;
  return gain;
}
