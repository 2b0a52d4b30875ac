import type { RecordColumn } from './record-columns.ts';
import { keyWords } from './record-words.ts';

const TELLING_KEYS = new Set([
  'status',
  'state',
  'level',
  'severity',
  'type',
  'kind',
  'conclusion',
  'result',
  'outcome',
]);
const MOST_VALUES = 4;
const MOST_CATEGORIES = 3;
const MOST_NUMBERS = 3;
const LONGEST_VALUE = 24;
const LONGEST_PATH = 40;

/** What is true of the rows that were left out, in a few words: `status ok 471, slow 9; latency_ms 3-41, mean 12`. */
export function summarizeRows(columns: readonly RecordColumn[], rows: readonly number[]): string {
  const categories: string[] = [];
  const numbers: string[] = [];
  const telling = columns
    .filter(({ path }) => path.length <= LONGEST_PATH)
    .sort((left, right) => Number(isTelling(right)) - Number(isTelling(left)));
  for (const column of telling) {
    if (categories.length >= MOST_CATEGORIES) break;
    const counts = countValues(column, rows);
    if (counts !== undefined) categories.push(counts);
  }
  for (const column of columns) {
    if (column.path.length > LONGEST_PATH) continue;
    if (numbers.length >= MOST_NUMBERS) break;
    const range = rangeOf(column, rows);
    if (range !== undefined) numbers.push(range);
  }
  return [...categories, ...numbers].join('; ');
}

function isTelling({ key }: RecordColumn): boolean {
  return TELLING_KEYS.has(keyWords(key).at(-1) ?? '');
}

/** The values of a column that has few, with their counts. A column that says the same everywhere tells nothing. */
function countValues({ path, values }: RecordColumn, rows: readonly number[]): string | undefined {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const value = values[row];
    if (value === undefined) continue;
    if (value.type !== 'string' && value.type !== 'boolean') return undefined;
    if (
      value.source.length > LONGEST_VALUE ||
      value.source.includes('\\') ||
      value.source === '""' ||
      /^"\d{4}-\d\d-\d\d/.test(value.source)
    )
      return undefined;
    counts.set(value.source, (counts.get(value.source) ?? 0) + 1);
    if (counts.size > MOST_VALUES) return undefined;
  }
  if (counts.size === 0 || (counts.size === 1 && values.every((value) => value?.source === values[0]?.source))) {
    return undefined;
  }
  const spelled = [...counts]
    .sort((left, right) => right[1] - left[1])
    .map(([source, count]) => `${source.startsWith('"') ? source.slice(1, -1) : source} ${count}`);
  return `${path} ${spelled.join(', ')}`;
}

function rangeOf({ path, key, values }: RecordColumn, rows: readonly number[]): string | undefined {
  if (keyWords(key).at(-1) === 'id') return undefined;
  let lowest: string | undefined;
  let highest: string | undefined;
  let sum = 0;
  let count = 0;
  for (const row of rows) {
    const value = values[row];
    if (value === undefined || value.type === 'null') continue;
    if (value.type !== 'number') return undefined;
    const number = Number(value.source);
    if (lowest === undefined || number < Number(lowest)) lowest = value.source;
    if (highest === undefined || number > Number(highest)) highest = value.source;
    sum += number;
    count++;
  }
  if (lowest === undefined || highest === undefined || lowest === highest) return undefined;
  const mean = sum / count;
  if (!Number.isFinite(mean)) return undefined;
  return `${path} ${lowest} to ${highest}, mean ${Number(mean.toPrecision(4))}`;
}
