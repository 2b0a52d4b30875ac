import { sampleLines } from '../sample-lines.ts';
import { HOLE, shapeOf } from './log-line-shape.ts';
import { endOfNumber } from '../references/numbered-lines.ts';

const SAMPLE_LINES = 400;
const HEAD_CHARS = 300;
const FEWEST_ALIKE = 3;
const LEAST_SHARE = 0.4;
const MOST_CODE_SHARE = 0.1;
/** Most lines of a file that a tool has numbered begin with a number. */
const NUMBERED_SHARE = 0.9;

/** How lines of code begin and end, in most languages. */
const CODE =
  /[;{}()[\]]\s*$|^\s*(?:#\s?(?:define|include|if|ifdef|ifndef|endif|else|pragma)\b|(?:import|export|def|defp|class|fn|func|function|return|if|elif|for|while|public|private|static|const|let|var|use|package|module|struct|enum|type|interface|alias|require) \S|end\s*$|\/\/|\/\*|\*\s)/;

/**
 * Whether lines that no recogniser knows are a machine's: four of ten are like two others in all but what varies, and few
 * look like code. A file that was read, with numbers before its lines, is not: it was read for its lines.
 */
export function isMachineMade(lines: readonly string[]): boolean {
  const counts = new Map<string, number>();
  let seen = 0;
  let code = 0;
  let numbered = 0;
  for (const line of sampleLines(lines, SAMPLE_LINES)) {
    if (line.trim() === '') continue;
    seen++;
    const head = line.slice(0, HEAD_CHARS);
    if (endOfNumber(head) > 0) numbered++;
    if (CODE.test(head)) code++;
    const shape = shapeOf(head);
    if (shape.includes(HOLE)) counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  if (numbered >= seen * NUMBERED_SHARE || code > seen * MOST_CODE_SHARE) return false;
  let alike = 0;
  for (const count of counts.values()) if (count >= FEWEST_ALIKE) alike += count;
  return alike >= seen * LEAST_SHARE;
}
