import { isPath, readGroupedLines, readSearchLines } from './code-tools/search-lines.ts';
import { readSymbolLines } from './code-tools/symbol-lines.ts';
import type { SearchLine } from './code-tools/search-lines.ts';
import type { SearchContent } from './content.ts';
import { looksLikeLog } from './detect-log.ts';

const FEWEST_HITS = 3;
/** Of the lines that are not blank at least this share belongs to a hit. */
const LEAST_SHARE = 0.75;
/** Of the hits so many at most may be findings of a compiler or a linter, whose output is a log. */
const MOST_FINDINGS_SHARE = 0.3;

/** Of the hits so many at most may stand on the line after the one before. */
const MOST_FOLLOWING_SHARE = 0.7;

const FINDING =
  /^(?:\d+[:,]?)? ?(?:(?:fatal |runtime |internal )?(?:error|warning|note|info|remark|hint|help)\b|[A-Z]{1,5}\d{2,5}\b|in \w|\w{1,60}(?:Error|Exception)\b)/i;

/** Hits of a search, if most lines begin with a file and a line of it, or a line under a file's name. */
export function recogniseSearch(text: string): SearchContent | undefined {
  if (!text.includes('\n')) return undefined;
  const lines = text.split('\n');
  // Cheap: most texts have no such line among the first.
  const head = lines.slice(0, 40);
  for (const read of READERS) {
    if (!isSearch(read(head), head)) continue;
    const found = read(lines);
    if (!isSearch(found, lines)) continue;
    if (read === readGroupedLines && isNumberedFile(found)) continue;
    return isFindings(found, lines) && looksLikeLog(lines) ? undefined : { kind: 'search', text, lines, found };
  }
  return undefined;
}

const READERS: readonly ((lines: readonly string[]) => readonly SearchLine[])[] = [
  readSearchLines,
  readGroupedLines,
  readSymbolLines,
];

function isSearch(found: readonly SearchLine[], lines: readonly string[]): boolean {
  let hits = 0;
  let known = 0;
  let filled = 0;
  for (const [index, { role }] of found.entries()) {
    if (role === 'hit') hits++;
    if (role !== 'other') known++;
    if (lines[index]?.trim() !== '') filled++;
  }
  return hits >= FEWEST_HITS && known >= filled * LEAST_SHARE;
}

/** Hits that follow one another line by line are a file that was printed with numbers. */
function isNumberedFile(found: readonly SearchLine[]): boolean {
  let hits = 0;
  let following = 0;
  let last = 0;
  for (const { role, number } of found) {
    if (role !== 'hit') continue;
    hits++;
    const line = Number(number);
    if (line === last + 1) following++;
    last = line;
  }
  return following > hits * MOST_FOLLOWING_SHARE;
}

function isFindings(found: readonly SearchLine[], lines: readonly string[]): boolean {
  let hits = 0;
  let findings = 0;
  for (const [index, { role, path, contentStart }] of found.entries()) {
    if (role !== 'hit') continue;
    hits++;
    if (
      path !== undefined &&
      isPath(path) &&
      FINDING.test((lines[index] ?? '').slice(contentStart, contentStart + 90))
    ) {
      findings++;
    }
  }
  return findings > hits * MOST_FINDINGS_SHARE;
}
