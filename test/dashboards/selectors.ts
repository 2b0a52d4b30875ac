/** A selector of series as it stands in an expression. */
export interface Selector {
  readonly series: string;
  readonly matchers: readonly string[];
  /** `$__rate_interval`, where it is a range. */
  readonly range: string | undefined;
  /** The function that it is the argument of. */
  readonly calledBy: string | undefined;
}

const SELECTOR = /(?:(\w+)\()?([a-zA-Z_:][\w:]*)\{([^}]*)\}(?:\[([^\]]+)\])?/g;

/** The selectors of an expression. All of ours have braces, so that a name without them is none. */
export function selectorsIn(expression: string): readonly Selector[] {
  return [...expression.matchAll(SELECTOR)].map(([, calledBy, series = '', matchers = '', range]) => ({
    series,
    matchers: matchers.split(', '),
    range,
    calledBy,
  }));
}
