import { valueTypeOf, numberSource } from '../csv/value-type.ts';
import type { Grid } from './grid.ts';

const MOST_COLUMNS = 14;
const MOST_CATEGORIES = 6;
/** Categories are counted while there are no more than so many. */
const MOST_DISTINCT = 40;
const LONGEST_VALUE = 40;
const LONGEST_NAME = 60;

/**
 * What is true of all rows of a table, column by column: `temp_max -1.6 to 35.6, mean 16.44, sum 24017.5; weather rain
 * 641, sun 640, fog 101, 2 others 79`. Numbers are said as the source spells them.
 */
export function aggregatesOf({ columns, rows }: Grid): string {
  const parts: string[] = [];
  for (const [at, name] of columns.entries()) {
    if (parts.length === MOST_COLUMNS) break;
    if (name.length > LONGEST_NAME) continue;
    const values = rows.map((row) => row.values[at] ?? '').filter((value) => value !== '');
    const said = rangeOf(values) ?? timesOf(values) ?? categoriesOf(values);
    if (said === undefined) continue;
    const missing = rows.length - values.length;
    parts.push(`${name} ${said}${missing === 0 ? '' : `, empty ${missing}`}`);
  }
  return parts.join('; ');
}

function rangeOf(values: readonly string[]): string | undefined {
  let lowest: string | undefined;
  let highest: string | undefined;
  let low = 0;
  let high = 0;
  let sum = 0;
  let decimals = 0;
  let runs = true;
  let previous: number | undefined;
  for (const value of values) {
    const source = numberSource(value);
    if (source === undefined) return undefined;
    const number = Number(source);
    if (lowest === undefined || number < low) {
      lowest = value;
      low = number;
    }
    if (highest === undefined || number > high) {
      highest = value;
      high = number;
    }
    if (previous !== undefined && number - previous !== 1) runs = false;
    previous = number;
    sum += number;
    decimals = Math.max(decimals, decimalsOf(source));
  }
  if (lowest === undefined || highest === undefined || !Number.isFinite(sum)) return undefined;
  if (low === high) return lowest === highest ? `always ${lowest}` : undefined;
  const range = `${lowest} to ${highest}`;
  if (runs) return range;
  const mean = Number((sum / values.length).toPrecision(4));
  return `${range}, mean ${mean}, sum ${decimals > 10 ? Number(sum.toPrecision(8)) : sum.toFixed(decimals)}`;
}

function decimalsOf(source: string): number {
  if (/[eE]/.test(source)) return 11;
  const point = source.indexOf('.');
  return point === -1 ? 0 : source.length - point - 1;
}

function timesOf(values: readonly string[]): string | undefined {
  let first = '';
  let last = '';
  for (const value of values) {
    if (valueTypeOf(value) !== 'time' || !/^\d{4}-\d\d-\d\d|^\d\d:\d\d/.test(value)) return undefined;
    if (first === '' || value < first) first = value;
    if (value > last) last = value;
  }
  if (first === '') return undefined;
  return first === last ? `always ${first}` : `${first} to ${last}`;
}

function categoriesOf(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) {
    if (value.length > LONGEST_VALUE) return undefined;
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size > MOST_DISTINCT) return undefined;
  }
  if (counts.size === 0 || counts.size > values.length / 3) return undefined;
  const ranked = [...counts].toSorted(([, one], [, other]) => other - one);
  if (ranked.length === 1) return `always ${ranked[0]?.[0] ?? ''}`;
  const named = ranked.slice(0, MOST_CATEGORIES).map(([value, count]) => `${value} ${count}`);
  const others = ranked.slice(MOST_CATEGORIES);
  if (others.length > 0) named.push(`${others.length} others ${others.reduce((sum, [, count]) => sum + count, 0)}`);
  return named.join(', ');
}
