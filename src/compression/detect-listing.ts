import { readListing } from './code-tools/listing-entries.ts';
import type { ListingContent } from './content.ts';

/** The first lines tell whether the rest is worth reading. */
const HEAD_LINES = 60;

/** A listing, if most lines name a file or a directory. */
export function recogniseListing(text: string): ListingContent | undefined {
  if (!text.includes('\n')) return undefined;
  const lines = text.split('\n');
  if (lines.length > 2 * HEAD_LINES && readListing(lines.slice(0, HEAD_LINES)) === undefined) return undefined;
  const entries = readListing(lines);
  return entries === undefined ? undefined : { kind: 'listing', text, lines, entries };
}
