import type { JsonLines } from './json-lines.ts';
import { readDocuments } from './read-documents.ts';
import { readEvents } from './read-events.ts';
import { readLines } from './read-lines.ts';

/** Fewer rows than this say more as documents of their own, unless they are small. */
const FEWEST_ROWS = 8;
const FEWEST_SMALL_ROWS = 3;
const SMALL_CHARS = 6_000;

/**
 * The JSON documents of a text that holds many: one on each line, one after another, or as the data of events.
 * `undefined` for any other text, a single document among them.
 */
export function readJsonLines(text: string): JsonLines | undefined {
  const read = readEvents(text) ?? readArrays(text) ?? readLines(text) ?? readDocuments(text);
  if (read === undefined || read.rows.length < FEWEST_SMALL_ROWS) return undefined;
  return read.rows.length >= FEWEST_ROWS || text.length <= SMALL_CHARS ? read : undefined;
}

/** Pages of one list, each of which may be a line. */
function readArrays(text: string): JsonLines | undefined {
  const read = text.startsWith('[') ? readDocuments(text) : undefined;
  return read?.form.shape === 'arrays' ? read : undefined;
}
