import { endOfNumber } from './numbered-lines.ts';

/** Smallest hashes of a text's lines: two texts that share many of them share many lines. */
export type LineSketch = readonly number[];

const SKETCH_SIZE = 32;
/** Shorter lines, such as braces, are common to texts that have nothing else in common. */
const SHORTEST_LINE_CHARS = 8;
/** A line's number, which an edit above it changes, stands within this. */
const LONGEST_PREFIX_CHARS = 24;

/** With fewer hashes in common, what two texts share is not worth a comparison. */
export const FEWEST_SHARED = 6;

/**
 * The sketch of a text: a pure function of its lines, or where it has hardly any, as minified JSON, of what stands
 * between its commas. In time linear in its length.
 */
export function sketchLines(text: string): LineSketch {
  const sketch = sketchPieces(text, '\n');
  return sketch.length >= FEWEST_SHARED ? sketch : sketchPieces(text, ',');
}

function sketchPieces(text: string, separator: string): LineSketch {
  const smallest: number[] = [];
  for (let start = 0; start < text.length;) {
    const found = text.indexOf(separator, start);
    const end = found === -1 ? text.length : found;
    const from = start + endOfNumber(text.slice(start, Math.min(end, start + LONGEST_PREFIX_CHARS)));
    if (end - from >= SHORTEST_LINE_CHARS) insertSmallest(smallest, hashOf(text, from, end));
    start = end + 1;
  }
  return smallest;
}

/** FNV-1a over UTF-16 units: https://datatracker.ietf.org/doc/html/draft-eastlake-fnv */
function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let index = start; index < end; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

function insertSmallest(smallest: number[], hash: number): void {
  if (smallest.length === SKETCH_SIZE && hash >= (smallest[SKETCH_SIZE - 1] ?? 0)) return;
  let at = smallest.length;
  while (at > 0 && (smallest[at - 1] ?? 0) > hash) at--;
  if (smallest[at - 1] === hash) return;
  smallest.splice(at, 0, hash);
  if (smallest.length > SKETCH_SIZE) smallest.pop();
}
