import type { JsonNode } from '../../json/parse-json.ts';
import { writeJson } from '../../json/write-json.ts';
import { estimateTokens } from './estimate-tokens.ts';
import type { RecordShape } from './record-shape.ts';

/** Shorter values, in estimated tokens, are easier read where they stand. */
const SHORTEST_VALUE = 8;
const SMALLEST_GAIN = 24;
const SHORTEST_SOURCE = 24;

/** Long values that cells repeat, by their JSON source, with the names that stand for them: `*1`, `*2`. */
export function repeatedValues(shape: RecordShape): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  countValues(shape, counts);
  const names = new Map<string, string>();
  for (const [source, count] of counts) {
    if (count < 2) continue;
    const tokens = estimateTokens(source);
    const gain = (count - 1) * tokens - count * 2 - 3;
    if (tokens >= SHORTEST_VALUE && gain >= SMALLEST_GAIN) names.set(source, `*${names.size + 1}`);
  }
  return names;
}

function countValues(shape: RecordShape, counts: Map<string, number>): void {
  for (const { role, values, inner } of shape.fields) {
    if (role.type !== 'cell' || role.frame !== undefined) continue;
    for (const [row, value] of values.entries()) {
      if (value === undefined || (inner?.starts[row] ?? -1) !== -1) continue;
      const source = longSource(value);
      if (source !== undefined) counts.set(source, (counts.get(source) ?? 0) + 1);
    }
    if (inner !== undefined) countValues(inner.shape, counts);
  }
}

/** The source of a value that is long enough to have a name. */
export function longSource(value: JsonNode): string | undefined {
  if (value.type === 'number' || value.type === 'boolean' || value.type === 'null') return undefined;
  const source = writeJson(value);
  return source.length < SHORTEST_SOURCE ? undefined : source;
}
