/** One line of a search's output. */
export interface SearchLine {
  /** `hit` matched, `context` stands around one, `file` is a heading, `break` is `--`, `other` is all else. */
  readonly role: 'hit' | 'context' | 'file' | 'break' | 'other';
  /** The file that it belongs to, as the source spells it; `undefined` when the source names none. */
  readonly path?: string | undefined;
  /** The digits of the line's number in that file. */
  readonly number?: string | undefined;
  /** What stands before and after the number. */
  readonly separator?: ':' | '-' | '=' | undefined;
  /** Where what was found begins in the line. */
  readonly contentStart: number;
}

/** Of a line no more than this is looked at. */
const LONGEST_PATH = 400;
/** A name with so many numbers in it is not read further. */
const MOST_NUMBERS = 12;

/**
 * Reads `path:12:text` and its context `path-13-text`, `path=9=text`. A context line counts only for a file that has a
 * hit, so that `src/v1-2-3/file.ts:12:` stays one path; `2024-05-01T00:00:` is a time and not a hit.
 */
export function readSearchLines(lines: readonly string[]): readonly SearchLine[] {
  const hits = lines.map(readHit);
  const paths = new Set<string>();
  for (const hit of hits) if (hit?.path !== undefined) paths.add(hit.path);
  return lines.map((line, index) => readContext(line, paths) ?? hits[index] ?? readOther(line));
}

/**
 * Reads `12:text` and its context `13-text` under a line that names their file, as `rg --heading` writes them, or under
 * none, as `grep -n` does for one file. Without a heading numbers only rise.
 */
export function readGroupedLines(lines: readonly string[]): readonly SearchLine[] {
  const read: SearchLine[] = [];
  let path: string | undefined;
  let last = 0;
  for (const [index, line] of lines.entries()) {
    const match = NUMBERED.exec(line.slice(0, 24));
    const number = Number(match?.[1]);
    if (match !== null && number > last && !TIME.test(line)) {
      last = number;
      const separator = match[2] === ':' ? ':' : '-';
      const role = separator === ':' ? 'hit' : 'context';
      read.push({ role, path, number: match[1], separator, contentStart: match[0].length });
      continue;
    }
    const beforeIsEdge = index === 0 || lines[index - 1]?.trimEnd() === '';
    if (beforeIsEdge && isPath(line.trimEnd()) && NUMBERED.test((lines[index + 1] ?? '').slice(0, 24))) {
      path = line.trimEnd();
      last = 0;
      read.push({ role: 'file', path, contentStart: line.length });
      continue;
    }
    read.push(readOther(line));
  }
  return read;
}

const NUMBERED = /^(\d{1,9})([:-])/;
const TIME = /^\d{1,2}:\d\d(?::\d\d|\s|$)/;

function readHit(line: string): SearchLine | undefined {
  return readSeparated(line, ':', isPath);
}

function readContext(line: string, paths: ReadonlySet<string>): SearchLine | undefined {
  const isKnown = (path: string): boolean => paths.has(path);
  return readSeparated(line, '-', isKnown) ?? readSeparated(line, '=', isKnown);
}

function readSeparated(
  line: string,
  separator: ':' | '-' | '=',
  isWanted: (path: string) => boolean,
): SearchLine | undefined {
  const head = line.slice(0, LONGEST_PATH + 12);
  let tries = 0;
  for (let at = head.indexOf(separator); at > 0 && at <= LONGEST_PATH; at = head.indexOf(separator, at + 1)) {
    let end = at + 1;
    while (isDigit(head.charCodeAt(end)) && end - at <= 10) end++;
    if (end === at + 1 || head[end] !== separator) continue;
    const path = head.slice(0, at);
    if (isWanted(path)) {
      const role = separator === ':' ? 'hit' : 'context';
      return { role, path, number: head.slice(at + 1, end), separator, contentStart: end + 1 };
    }
    // Of a hit the path ends at the first number between two colons.
    if (separator === ':' || ++tries === MOST_NUMBERS) return undefined;
  }
  return undefined;
}

function readOther(line: string): SearchLine {
  return { role: line.trimEnd() === '--' ? 'break' : 'other', contentStart: 0 };
}

/** Has a folder or an extension, and a letter; is no time, address or sentence. */
export function isPath(text: string): boolean {
  return (
    text.length > 0 &&
    text.length <= LONGEST_PATH &&
    PATH.test(text) &&
    !NO_PATH.test(text) &&
    (text.includes('/') || text.includes('\\') || EXTENSION.test(text) || BARE_NAMES.test(text))
  );
}

/** Blanks may stand inside a path, and at neither end. */
const PATH = /^[^\s:"'`<>|*?(){}=,;][^\t\n\r:"`<>|*?{};=]*$/;
const NO_PATH = /^\[|^\d{4}-\d\d-\d\d|^\d[\d/:.-]*\s|^\d[\d.:/-]*$|^[a-z]{1,10}:\/\/|[, ]$|\s.*\s.*\s/;
const EXTENSION = /[^/\s]?\.[A-Za-z][A-Za-z0-9_+-]{0,14}$/;
const BARE_NAMES = /^(?:[A-Z][a-z]+file|[A-Z]{4,12}|configure|gradlew|mvnw)$/;

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
