import { shapeOf } from './log-line-shape.ts';

/** What belongs to a finding comes in so many lines behind it. */
const LONGEST_FINDING = 12;
/** The mark under a line of source comes so soon behind the finding. */
const NEAREST_MARK = 3;
const HEAD_CHARS = 1_000;

/** `src/a.c:3:7: ...`, `src/a.ts(3,7): ...`, `C:\src\a.cs(3,7): ...`, and below the name of a file `  3:7  error  ...`. */
const FINDING =
  /^(?:\s{0,8}(?:[A-Za-z]:\\)?[^\s:()"'`]{1,300}[:(]\d{1,7}(?:[:,]\d{1,5})?\)?: \S|\s{1,8}\d{1,7}:\d{1,5}\s{1,8}(?:error|warning)\s)/;
const MARK = /^[\s|]*(?:\^|~)[~^-]*\s*$/;
const PART = /^(?:\s+\S|\s{0,12}\d{0,6} ?\|)/;

/**
 * Codes that compilers and linters give to what they find: `[-Wunused]`, `TS6133`, `SC2086`, `(revive)`,
 * `[no-untyped-def]`, `clippy::needless_return`, a rule at the end of a line.
 */
const CODES: readonly RegExp[] = [
  /\[(-W[\w+=-]{2,60})\]\s*$/,
  /\b(?:warning|error|note|info|style)[ :]{1,2}\[?([A-Z]{1,8}\d{2,5})\b/i,
  /:\d+(?::\d+)?:? ([A-Z]{1,4}\d{2,5})\b/,
  /\[([a-z][\w-]{2,40})\]\s*$/,
  /\(([a-z][\w/-]{2,40})\)\s*$/,
  /(clippy::\w{2,60})/,
  /\s{2}([@\w/-]{3,60})\s*$/,
];

/** Whether a line says where a compiler or a linter found something, and what. */
export function isFinding(body: string): boolean {
  return FINDING.test(body.slice(0, HEAD_CHARS));
}

/** The code of a finding, or an empty text where it has none. */
export function codeOfFinding(body: string): string {
  if (!isFinding(body)) return '';
  const text = body.length <= 2 * HEAD_CHARS ? body : body.slice(0, HEAD_CHARS) + body.slice(-HEAD_CHARS);
  for (const pattern of CODES) {
    const code = pattern.exec(text)?.[1];
    if (code !== undefined) return code;
  }
  return '';
}

/** 1 where a line is part of the finding before it: the source, a mark under it, what follows deeper in. */
export function partsOfFindings(bodies: readonly string[]): Uint8Array {
  const parts = new Uint8Array(bodies.length);
  for (let index = 0; index < bodies.length; index++) {
    if (!isFinding(bodies[index] ?? '')) continue;
    let end = index;
    for (let next = index + 1; next <= index + NEAREST_MARK && next < bodies.length; next++) {
      const body = bodies[next] ?? '';
      if (isFinding(body)) break;
      if (MARK.test(body)) end = next;
    }
    while (end + 1 < bodies.length && end - index < LONGEST_FINDING) {
      const body = bodies[end + 1] ?? '';
      if (!PART.test(body) || isFinding(body)) break;
      end++;
    }
    parts.fill(1, index + 1, end + 1);
    index = end;
  }
  return parts;
}

/** What findings of one kind have in common: what they say, without what they quote and where they stand. */
export function kindOfFinding(body: string): string {
  const text = body.slice(0, HEAD_CHARS);
  return shapeOf(text.replace(PLACE, '')).replace(QUOTED, "'<*>'");
}

const PLACE = /^\s{0,8}(?:[A-Za-z]:\\)?[^\s:()"'`]{0,300}[:(]?\d{1,7}(?:[:,]\d{1,5})?\)?:?\s/;
const QUOTED = /'[^']{1,200}'|"[^"]{1,200}"|`[^`]{1,200}`|‘[^’]{1,200}’/g;
