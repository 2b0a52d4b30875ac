import { readLongCommits, readOneLineCommits } from './code-tools/commit-lines.ts';
import type { CommitLine } from './code-tools/commit-lines.ts';
import type { CommitsContent } from './content.ts';

const FEWEST_COMMITS = 3;
/** Of the lines that are not blank at least this share belongs to a commit. */
const LEAST_SHARE = 0.8;

/** A history, if a hash begins most lines, or headers of commits stand over all of them. */
export function recogniseCommits(text: string): CommitsContent | undefined {
  if (!text.includes('\n') || !HASH.test(text.slice(0, 400))) return undefined;
  const lines = text.split('\n');
  const read = LONG.test(text) ? readLongCommits : readOneLineCommits;
  const parts = read(lines);
  return isHistory(parts) ? { kind: 'commits', text, lines, parts } : undefined;
}

const HASH = /[0-9a-f]{7}/;
const LONG = /^[*|\\/_ ]{0,60}commit [0-9a-f]{7,64}\b/;

function isHistory(parts: readonly CommitLine[]): boolean {
  let filled = 0;
  let known = 0;
  let commits = 0;
  for (const { role } of parts) {
    if (role !== 'blank') filled++;
    if (role !== 'blank' && role !== 'other') known++;
    if (role === 'commit') commits++;
  }
  return commits >= FEWEST_COMMITS && known >= filled * LEAST_SHARE;
}
