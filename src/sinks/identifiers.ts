const IDENTIFIER = /^[\w.:$/-]{1,100}$/;

/**
 * A class name or a word of a vocabulary as it is; `fallback` in place of anything that could be a sentence, so that
 * content does not leave where a name is expected.
 */
export function identifierOr(fallback: string, value: string): string {
  return IDENTIFIER.test(value) ? value : fallback;
}
