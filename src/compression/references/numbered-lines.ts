/** Lines of a text, with the numbers that its tool put before them, as `cat -n` and readers of files do. */
export interface NumberedLines {
  readonly lines: readonly string[];
  /** What stands behind the number; `undefined` for a line that has none. */
  readonly contents: readonly (string | undefined)[];
  /** The number before each line. */
  readonly numbers: readonly (number | undefined)[];
}

const FEWEST_NUMBERED_SHARE = 0.9;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const LONGEST_NUMBER = 9;

/** The lines of a text whose lines are numbered, by far most of them one by one; else `undefined`. */
export function readNumberedLines(text: string): NumberedLines | undefined {
  const lines = text.split('\n');
  const ends = lines.map(endOfNumber);
  const numbers = lines.map((line, index) => (ends[index] === 0 ? undefined : Number.parseInt(line, 10)));
  let consecutive = 0;
  for (let index = 1; index < numbers.length; index++) {
    const before = numbers[index - 1];
    if (before !== undefined && numbers[index] === before + 1) consecutive++;
  }
  // A trailing newline ends the last line, it does not begin another.
  const steps = lines.length - (lines.at(-1) === '' ? 2 : 1);
  if (steps < 1 || consecutive < steps * FEWEST_NUMBERED_SHARE) return undefined;
  const contents = lines.map((line, index) => (ends[index] === 0 ? undefined : line.slice(ends[index])));
  return { lines, contents, numbers };
}

/** Where the text of a line begins behind its number and what separates them: a tab, an arrow, a bar or a colon; 0 without one. */
export function endOfNumber(line: string): number {
  let index = 0;
  while (line[index] === ' ') index++;
  const start = index;
  for (let code = line.charCodeAt(index); code >= DIGIT_0 && code <= DIGIT_9; code = line.charCodeAt(index)) index++;
  if (index === start || index - start > LONGEST_NUMBER) return 0;
  const separator = line[index];
  return separator === '\t' || separator === '→' || separator === '|' || separator === ':' ? index + 1 : 0;
}
