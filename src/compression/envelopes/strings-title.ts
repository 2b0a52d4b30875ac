import { columnName } from '../strategies/records/cell-text.ts';
import type { StringField } from './envelope.ts';

/** Says in a line which strings of a document are shown as the documents that they hold. */
export function stringsTitle(fields: readonly StringField[]): string {
  const names = fields.map(({ key }) => (key === '' ? 'each item' : columnName(key)));
  return `JSON in strings, opened: ${names.join(', ')}`;
}
