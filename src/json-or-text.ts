/** What a text says as JSON, if it is that. A text that is none, and whatever is no text, is given back as it is. */
export function jsonOrText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
