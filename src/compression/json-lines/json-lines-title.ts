import type { JsonLinesForm } from './json-lines.ts';

/** Says in a line how the documents stood that are shown as one list. */
export function jsonLinesTitle({ shape, counts = [] }: Pick<JsonLinesForm, 'shape' | 'counts'>): string {
  if (shape === 'lines') return 'JSON lines:';
  if (shape === 'marked-lines') return 'Lines of text with JSON behind it:';
  if (shape === 'documents') return 'JSON documents one after another:';
  if (shape === 'events') return 'Server-sent events:';
  return `${counts.length} JSON arrays one after another, of ${counts.join(', ')} items:`;
}
