/** What a JSON string says: its source without quotes and with its escapes resolved. */
export function stringValue(source: string): string {
  if (!source.includes('\\')) return source.slice(1, -1);
  const value: unknown = JSON.parse(source);
  return typeof value === 'string' ? value : '';
}
