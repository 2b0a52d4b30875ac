/** What stands under a key, of values that may be anything. */
export function fieldOf(value: unknown, key: PropertyKey): unknown {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
  return isObject ? Reflect.get(value, key) : undefined;
}

/** The text under a key, unless it is empty. */
export function textAt(value: unknown, key: string): string | undefined {
  const text = fieldOf(value, key);
  return typeof text === 'string' && text !== '' ? text : undefined;
}
