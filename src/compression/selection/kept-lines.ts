import type { SourceRange } from '../strategy.ts';
import type { KeptLines } from './grid.ts';

/** The lines that do not stay, counted from 1. */
export function rangesLeftOut(kept: KeptLines): readonly SourceRange[] {
  const ranges: SourceRange[] = [];
  for (let index = 0; index < kept.length; index++) {
    if (kept[index] === 1) continue;
    const first = index + 1;
    while (index + 1 < kept.length && kept[index + 1] !== 1) index++;
    ranges.push({ first, last: index + 1 });
  }
  return ranges;
}

/** The lines that stay, each behind its number and a tab. */
export function numberedLines(
  lines: readonly string[],
  kept: KeptLines,
  spell: (line: string, index: number) => string = (line) => line,
): string[] {
  const numbered: string[] = [];
  for (const [index, line] of lines.entries())
    if (kept[index] === 1) numbered.push(`${index + 1}\t${spell(line, index)}`);
  return numbered;
}
