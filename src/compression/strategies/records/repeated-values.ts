import type { JsonNode } from '../../json/parse-json.ts';
import { writeJson } from '../../json/write-json.ts';
import { estimateTokens } from './estimate-tokens.ts';
import type { Field, RecordShape } from './record-shape.ts';

/** Shorter values, in estimated tokens, are easier read where they stand. */
const SHORTEST_VALUE = 8;
const SMALLEST_GAIN = 24;
const SHORTEST_SOURCE = 24;

/** The text of an inner object's tuple, given the column and the row. */
export type WriteTuple = (field: Field, row: number) => string;

/**
 * What cells repeat and takes long to say, with the names that stand for it: `*1`, `*2`. Values go by their JSON source,
 * tuples by their text.
 */
export function repeatedValues(shape: RecordShape, writeTuple: WriteTuple): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const tuples = new Map<string, number>();
  countTuples(shape, { tuples, writeTuple });
  nameRepeated(tuples, names);
  const values = new Map<string, number>();
  countValues({ shape, isHidden: () => false }, { values, names, writeTuple });
  nameRepeated(values, names);
  return names;
}

function nameRepeated(counts: ReadonlyMap<string, number>, names: Map<string, string>): void {
  for (const [source, count] of counts) {
    if (count < 2) continue;
    const tokens = estimateTokens(source);
    const gain = (count - 1) * tokens - count * 2 - 3;
    if (tokens >= SHORTEST_VALUE && gain >= SMALLEST_GAIN) names.set(source, `*${names.size + 1}`);
  }
}

interface Tuples {
  readonly tuples: Map<string, number>;
  readonly writeTuple: WriteTuple;
}

/** Only the outermost objects of a record: a name within a name would be hard to read. */
function countTuples({ fields }: RecordShape, { tuples, writeTuple }: Tuples): void {
  for (const field of fields) {
    const { inner, values } = field;
    if (inner === undefined) continue;
    if (inner.kind !== 'group') countTuples(inner.shape, { tuples, writeTuple });
    else {
      for (const row of values.keys()) {
        if (inner.starts[row] === -1) continue;
        const text = writeTuple(field, row);
        if (text.length >= SHORTEST_SOURCE) tuples.set(text, (tuples.get(text) ?? 0) + 1);
      }
    }
  }
}

interface Shown {
  readonly shape: RecordShape;
  /** Whether a row stands inside of a tuple that goes by its name. */
  readonly isHidden: (row: number) => boolean;
}

interface Values {
  readonly values: Map<string, number>;
  readonly names: ReadonlyMap<string, string>;
  readonly writeTuple: WriteTuple;
}

function countValues({ shape, isHidden }: Shown, context: Values): void {
  const { values: counts, names, writeTuple } = context;
  for (const field of shape.fields) {
    const { role, values, inner } = field;
    if (role.type !== 'cell' || role.frame !== undefined) continue;
    const hidden = new Set<number>();
    for (const [row, value] of values.entries()) {
      const start = inner?.starts[row] ?? -1;
      if (inner?.kind === 'group' && start !== -1) {
        if (isHidden(row) || (names.size > 0 && names.has(writeTuple(field, row)))) hidden.add(start);
      }
      if (value === undefined || start !== -1 || isHidden(row)) continue;
      const source = longSource(value);
      if (source !== undefined) counts.set(source, (counts.get(source) ?? 0) + 1);
    }
    if (inner !== undefined) countValues({ shape: inner.shape, isHidden: (row) => hidden.has(row) }, context);
  }
}

/** The source of a value that is long enough to have a name. */
export function longSource(value: JsonNode): string | undefined {
  if (value.type === 'number' || value.type === 'boolean' || value.type === 'null') return undefined;
  const source = writeJson(value);
  return source.length < SHORTEST_SOURCE ? undefined : source;
}
