import { readDiff } from './code-tools/diff-lines.ts';
import type { DiffContent } from './content.ts';

/** Of the lines that are not blank at least this share stands in hunks and headers of files. */
const LEAST_SHARE = 0.5;

/** A diff, if its hunks have the lines that their headers speak of. The last hunk may be cut. */
export function recogniseDiff(text: string): DiffContent | undefined {
  const isGit = text.startsWith('diff --git ') || text.includes('\ndiff --');
  if (!isGit && !text.includes('@@ -')) return undefined;
  const lines = text.split('\n');
  const { parts, files, wholeHunks, brokenHunks } = readDiff(lines);
  if (files === 0 || brokenHunks > 1 + wholeHunks * 0.02) return undefined;
  let patch = 0;
  let filled = 0;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    filled++;
    if (parts[index]?.role !== 'message') patch++;
  }
  const isPatch = patch >= filled * LEAST_SHARE || COMMIT.test(text);
  return isPatch && patch >= 3 ? { kind: 'diff', text, lines, parts } : undefined;
}

const COMMIT = /^(?:commit [0-9a-f]{7,64}\b|From [0-9a-f]{40} )/;
