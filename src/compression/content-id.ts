import { createHash } from 'node:crypto';

/** The id of an original: the first 96 bits of its SHA-256, 24 hex digits. The same text has the same id in every process. */
export function contentId(text: string): string {
  return createHash('sha256').update(text, 'utf16le').digest('hex').slice(0, 24);
}
