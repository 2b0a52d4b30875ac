import type { RecordColumn } from './record-columns.ts';
import { keyWords } from './record-words.ts';

const MOST_PER_COLUMN = 3;
const MOST_CATEGORIES = 24;

/** Rows with extreme or sudden numbers, the earliest and latest times, and one of each rare category. */
export function findOutliers(columns: readonly RecordColumn[], rowCount: number): readonly number[] {
  const rows = new Set<number>();
  for (const column of columns) for (const row of rareCategories(column, rowCount)) rows.add(row);
  for (const column of columns) {
    const numbers = numbersOf(column);
    if (numbers === undefined) continue;
    for (const row of extremes(numbers)) rows.add(row);
    for (const row of changes(numbers)) rows.add(row);
  }
  for (const column of columns) for (const row of timeEnds(column)) rows.add(row);
  return [...rows];
}

/** The rows with the largest and the smallest number, or the latest and the earliest time, of some columns. */
export function findExtremes(columns: readonly RecordColumn[]): readonly number[] {
  return columns.flatMap((column) => {
    const numbers = numbersOf(column);
    return numbers === undefined ? timeEnds(column) : extremes(numbers).slice(0, 2);
  });
}

interface Numbers {
  readonly rows: readonly number[];
  readonly values: readonly number[];
}

/** The numbers of a column that measures something: not an id, not a running number. */
function numbersOf({ key, values, presentCount }: RecordColumn): Numbers | undefined {
  if (presentCount < 8 || keyWords(key).at(-1) === 'id') return undefined;
  const rows: number[] = [];
  const numbers: number[] = [];
  for (const [row, value] of values.entries()) {
    if (value?.type !== 'number') continue;
    rows.push(row);
    numbers.push(Number(value.source));
  }
  if (numbers.length < presentCount * 0.8 || isRunning(numbers)) return undefined;
  return { rows, values: numbers };
}

/** Whether numbers only grow or only shrink. */
function isRunning(numbers: readonly number[]): boolean {
  let grows = true;
  let shrinks = true;
  for (let index = 1; index < numbers.length; index++) {
    const step = (numbers[index] ?? 0) - (numbers[index - 1] ?? 0);
    if (step <= 0) grows = false;
    if (step >= 0) shrinks = false;
  }
  return grows || shrinks;
}

/** The largest and the smallest, and those far from the median. */
function extremes({ rows, values }: Numbers): readonly number[] {
  const order = values.map((_value, index) => index).sort((left, right) => (values[left] ?? 0) - (values[right] ?? 0));
  const first = values[order[0] ?? 0];
  const last = values[order.at(-1) ?? 0];
  if (first === last) return [];
  const median = values[order[order.length >> 1] ?? 0] ?? 0;
  const distances = values.map((value) => Math.abs(value - median)).sort((left, right) => left - right);
  const spread = distances[distances.length >> 1] ?? 0;
  const isFar = (index: number): boolean => {
    const distance = Math.abs((values[index] ?? 0) - median);
    return spread === 0 ? distance > 0 : distance > 6 * spread;
  };
  const far = [...order.slice(0, MOST_PER_COLUMN), ...order.slice(-MOST_PER_COLUMN)].filter(isFar);
  const farCount = spread === 0 ? values.filter((value) => value !== median).length : 0;
  const kept = farCount > values.length * 0.1 ? [] : far;
  return [order.at(-1) ?? 0, order[0] ?? 0, ...kept].map((index) => rows[index] ?? 0);
}

/** Both sides of the places where the mean of the numbers before differs much from the mean of those behind. */
function changes({ rows, values }: Numbers): readonly number[] {
  const width = Math.max(5, Math.min(50, Math.floor(values.length / 20)));
  if (values.length < width * 4) return [];
  const sums = [0];
  const squares = [0];
  for (const value of values) {
    sums.push((sums.at(-1) ?? 0) + value);
    squares.push((squares.at(-1) ?? 0) + value * value);
  }
  const jumps: { readonly at: number; readonly size: number }[] = [];
  for (let at = width; at + width <= values.length; at++) {
    const before = windowOf({ sums, squares, from: at - width, to: at });
    const behind = windowOf({ sums, squares, from: at, to: at + width });
    const deviation = Math.sqrt((before.variance + behind.variance) / 2);
    const jump = Math.abs(behind.mean - before.mean);
    if (jump > 4 * deviation && jump > 1e-9 * Math.abs(before.mean))
      jumps.push({ at, size: jump / (deviation + 1e-9) });
  }
  jumps.sort((left, right) => right.size - left.size || left.at - right.at);
  const kept: number[] = [];
  for (const { at } of jumps) {
    if (kept.length >= MOST_PER_COLUMN) break;
    if (kept.every((other) => Math.abs(other - at) > width)) kept.push(at);
  }
  return kept.flatMap((at) => [rows[at - 1] ?? 0, rows[at] ?? 0]);
}

interface Window {
  readonly sums: readonly number[];
  readonly squares: readonly number[];
  readonly from: number;
  readonly to: number;
}

function windowOf({ sums, squares, from, to }: Window): { readonly mean: number; readonly variance: number } {
  const count = to - from;
  const mean = ((sums[to] ?? 0) - (sums[from] ?? 0)) / count;
  const square = ((squares[to] ?? 0) - (squares[from] ?? 0)) / count;
  return { mean, variance: Math.max(0, square - mean * mean) };
}

/** The first row of each value that few rows have, where there are few values; and of a key that few rows have. */
function rareCategories({ values, presentCount }: RecordColumn, rowCount: number): readonly number[] {
  const rare = Math.max(1, rowCount * 0.05);
  const rows: number[] = [];
  if (presentCount <= rare) {
    for (const [row, value] of values.entries()) {
      if (value !== undefined && value.type !== 'null') rows.push(row);
      if (rows.length >= MOST_CATEGORIES) break;
    }
    return rows;
  }
  const firsts = new Map<string, { readonly row: number; count: number }>();
  for (const [row, value] of values.entries()) {
    if (value === undefined) continue;
    const seen = value.type === 'number' ? undefined : firsts.get(value.source);
    if (value.type === 'number') return [];
    if (seen === undefined) firsts.set(value.source, { row, count: 1 });
    else seen.count++;
    if (firsts.size > MOST_CATEGORIES) return [];
  }
  for (const { row, count } of firsts.values()) if (count <= rare) rows.push(row);
  return rows;
}

/** The earliest and the latest of ISO times that stand in no order. */
function timeEnds({ values }: RecordColumn): readonly number[] {
  let first = -1;
  let last = -1;
  let sorted = true;
  let previous = '';
  for (const [row, value] of values.entries()) {
    if (value === undefined || value.type === 'null') continue;
    if (value.type !== 'string' || !/^"\d{4}-\d\d-\d\d/.test(value.source)) return [];
    if (value.source < previous) sorted = false;
    previous = value.source;
    if (first === -1 || value.source < (values[first]?.source ?? '')) first = row;
    if (last === -1 || value.source > (values[last]?.source ?? '')) last = row;
  }
  return sorted || first === -1 ? [] : [last, first];
}
