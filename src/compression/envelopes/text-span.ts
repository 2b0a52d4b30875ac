/** A piece of a text: from `start` up to, and without, `end`. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
  /** What closes a document that breaks off. */
  readonly closing?: string | undefined;
}

/** Where each line of a text begins and ends, its line break not counted. */
export function lineSpans(text: string): readonly TextSpan[] {
  const spans: TextSpan[] = [];
  let start = 0;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
    spans.push({ start, end });
    start = end + 1;
  }
  spans.push({ start, end: text.length });
  return spans;
}
