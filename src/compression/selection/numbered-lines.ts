/** Lines of a text, with the numbers that its tool put before them, as `cat -n` and readers of files do. */
export interface NumberedLines {
  readonly lines: readonly string[];
  /** What stands behind the number; `undefined` for a line that has none. The lines themselves in a text without numbers. */
  readonly contents: readonly (string | undefined)[];
  /** The number before each line; `undefined` where lines are not numbered, by far most of them one by one. */
  readonly numbers: readonly (number | undefined)[] | undefined;
}

const FEWEST_NUMBERED_SHARE = 0.9;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const LONGEST_NUMBER = 9;

/** A trailing newline ends the last line, it does not begin another. */
export function readNumberedLines(text: string): NumberedLines {
  const lines = text.split('\n');
  if (lines.length > 1 && lines.at(-1) === '') lines.pop();
  const ends = lines.map(endOfNumber);
  const numbers = lines.map((line, index) => {
    const end = ends[index] ?? 0;
    return end === 0 ? undefined : Number.parseInt(line, 10);
  });
  let consecutive = 0;
  for (let index = 1; index < numbers.length; index++) {
    const before = numbers[index - 1];
    if (before !== undefined && numbers[index] === before + 1) consecutive++;
  }
  const isNumbered = lines.length > 1 && consecutive >= (lines.length - 1) * FEWEST_NUMBERED_SHARE;
  if (!isNumbered) return { lines, contents: lines, numbers: undefined };
  const contents = lines.map((line, index) => (ends[index] === 0 ? undefined : line.slice(ends[index])));
  return { lines, contents, numbers };
}

/** Where the text of a line begins behind its number and what separates them: a tab, an arrow, or `: `; 0 without one. */
export function endOfNumber(line: string): number {
  let index = 0;
  while (line[index] === ' ') index++;
  const start = index;
  for (let code = line.charCodeAt(index); code >= DIGIT_0 && code <= DIGIT_9; code = line.charCodeAt(index)) index++;
  if (index === start || index - start > LONGEST_NUMBER) return 0;
  const separator = line[index];
  if (separator === '\t' || separator === '→' || separator === '|') return index + 1;
  return separator === ':' ? index + 1 : 0;
}
