import { endOfNumber, readNumberedLines } from '../references/numbered-lines.ts';

/** The lines of a source file in a tool's result. */
export interface SourceLines {
  /** The result split at `\n`, without the empty line that a trailing newline leaves. */
  readonly lines: readonly string[];
  /** How many lines of the result stand before the first line of code. */
  readonly start: number;
  /** The lines of code, without the numbers that the tool put before them. Lines of the tool's may follow them. */
  readonly code: readonly string[];
  /** The number before the first line of code, where lines are numbered. */
  readonly firstNumber: number | undefined;
}

/** Lines that tell whether lines are numbered. */
const HEAD_LINES = 24;
/** A fence may stand behind so many lines. */
const MOST_LINES_BEFORE_FENCE = 3;

/** Finds the lines of code behind their numbers, between fences, and among what the tool says. */
export function readSourceLines(text: string): SourceLines {
  if (looksNumbered(text)) {
    const numbered = readNumbered(text);
    if (numbered !== undefined) return numbered;
  }
  const lines = text.split('\n');
  if (lines.length > 1 && lines.at(-1) === '') lines.pop();
  return readFenced(lines) ?? { lines, start: 0, code: lines, firstNumber: undefined };
}

function looksNumbered(text: string): boolean {
  let at = 0;
  let seen = 0;
  let numbered = 0;
  while (seen < HEAD_LINES && at < text.length) {
    const end = text.indexOf('\n', at);
    const lineEnd = end < 0 ? text.length : end;
    if (endOfNumber(text.slice(at, Math.min(lineEnd, at + 40))) > 0) numbered++;
    seen++;
    at = lineEnd + 1;
  }
  return numbered * 2 > seen;
}

function readNumbered(text: string): SourceLines | undefined {
  const numbered = readNumberedLines(text);
  if (numbered === undefined) return undefined;
  const { contents, numbers } = numbered;
  const lines = text.endsWith('\n') ? numbered.lines.slice(0, -1) : numbered.lines;
  const start = numbers.findIndex((number) => number !== undefined);
  const end = numbers.findLastIndex((number) => number !== undefined) + 1;
  if (start < 0) return undefined;
  const code = contents.slice(start, end).map((content) => content ?? '');
  const isSpaced = code.every((line) => line === '' || line === '\r' || line.startsWith(' '));
  return {
    lines,
    start,
    code: isSpaced ? code.map((line) => (line.startsWith(' ') ? line.slice(1) : line)) : code,
    firstNumber: numbers[start],
  };
}

/** One fence around all of it, as tools put around a file for a reader of Markdown. */
function readFenced(lines: readonly string[]): SourceLines | undefined {
  const open = lines.slice(0, MOST_LINES_BEFORE_FENCE + 1).findIndex((line) => /^```[\w+#-]{0,20}\s*$/.test(line));
  if (open < 0) return undefined;
  const close = lines.findLastIndex((line) => /^```\s*$/.test(line));
  const isOne = close > open + 1 && lines.every((line, at) => at === open || at === close || !line.startsWith('```'));
  return isOne ? { lines, start: open + 1, code: lines.slice(open + 1, close), firstNumber: undefined } : undefined;
}
