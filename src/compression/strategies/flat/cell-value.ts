import { stringValue } from '../../json/string-value.ts';

/**
 * What a JSON string says, or `undefined` when it was spelled in a way that its value alone does not give back, such as
 * `\/` for a slash.
 */
export function plainValue(source: string): string | undefined {
  const value = stringValue(source);
  return source.includes('\\') && JSON.stringify(value) !== source ? undefined : value;
}
