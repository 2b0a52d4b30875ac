import { shapeOf } from './log-line-shape.ts';
import { HOLE } from './log-line-shape.ts';
import { sampleLines } from '../sample-lines.ts';

const SAMPLE_LINES = 400;
const FEWEST_ALIKE = 3;
const LEAST_SHARE = 0.4;
/** How lines of code end. */
const CODE_END = /[;{}(),[\]]\s*$/;

/**
 * Whether lines that no recogniser knows are a machine's: four of ten are like two others in all but what varies, and
 * do not end as code does.
 */
export function isMachineMade(lines: readonly string[]): boolean {
  const counts = new Map<string, number>();
  let seen = 0;
  for (const line of sampleLines(lines, SAMPLE_LINES)) {
    if (line.trim() === '') continue;
    seen++;
    if (CODE_END.test(line.slice(-40))) continue;
    const shape = shapeOf(line.slice(0, 300));
    if (shape.includes(HOLE)) counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  let alike = 0;
  for (const count of counts.values()) if (count >= FEWEST_ALIKE) alike += count;
  return alike >= seen * LEAST_SHARE;
}
