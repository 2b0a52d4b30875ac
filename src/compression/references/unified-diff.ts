import { matchLines } from './match-lines.ts';

/** Lines shown around a change, so that a reader finds the place by what stands there. */
const CONTEXT_LINES = 2;

/**
 * The hunks of a unified diff from `base` to `text`, without the names of files; `undefined` where they share nothing.
 * Lines end at `\n` alone, and a text that ends so has an empty last line.
 * Format: https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html
 */
export function writeUnifiedDiff(text: string, base: string): string | undefined {
  const lines = text.split('\n');
  const there = base.split('\n');
  const matches = matchLines(lines, there);
  const changes = findChanges(matches, there.length);
  if (changes.length === 0 || !matches.some((match) => match >= 0)) return undefined;
  const shown: string[] = [];
  for (let at = 0; at < changes.length;) {
    const from = at++;
    while (at < changes.length && (changes[at]?.first ?? 0) - (changes[at - 1]?.end ?? 0) <= 2 * CONTEXT_LINES) at++;
    for (const line of writeHunk({ lines, there }, changes.slice(from, at))) shown.push(line);
  }
  return shown.join('\n');
}

/** A stretch of one text in place of one of the other; either may be empty. Ends are not part of them. */
interface Change {
  readonly first: number;
  readonly end: number;
  readonly firstThere: number;
  readonly endThere: number;
}

function findChanges(matches: Int32Array, lengthThere: number): readonly Change[] {
  const changes: Change[] = [];
  let first = 0;
  let firstThere = 0;
  for (let index = 0; index <= matches.length; index++) {
    const there = index === matches.length ? lengthThere : (matches[index] ?? -1);
    if (there < 0) continue;
    if (index > first || there > firstThere) changes.push({ first, end: index, firstThere, endThere: there });
    first = index + 1;
    firstThere = there + 1;
  }
  return changes;
}

function* writeHunk(
  { lines, there }: { readonly lines: readonly string[]; readonly there: readonly string[] },
  changes: readonly Change[],
): Generator<string> {
  const before = Math.min(CONTEXT_LINES, changes[0]?.first ?? 0);
  const lastChange = changes.at(-1) ?? { end: 0, endThere: 0 };
  const after = Math.min(CONTEXT_LINES, lines.length - lastChange.end);
  const first = (changes[0]?.first ?? 0) - before;
  const firstThere = (changes[0]?.firstThere ?? 0) - before;
  const length = lastChange.end + after - first;
  const lengthThere = lastChange.endThere + after - firstThere;
  yield `@@ -${formatSpan(firstThere, lengthThere)} +${formatSpan(first, length)} @@`;
  let next = first;
  for (const change of changes) {
    for (; next < change.first; next++) yield ` ${lines[next] ?? ''}`;
    for (let index = change.firstThere; index < change.endThere; index++) yield `-${there[index] ?? ''}`;
    for (; next < change.end; next++) yield `+${lines[next] ?? ''}`;
  }
  for (; next < first + length; next++) yield ` ${lines[next] ?? ''}`;
}

/** An empty stretch is named by the line before it. */
function formatSpan(first: number, length: number): string {
  if (length === 1) return String(first + 1);
  return `${length === 0 ? first : first + 1},${length}`;
}

const HUNK = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@$/;

/** Applies the hunks of `writeUnifiedDiff`. How many lines a hunk has its head says, so that lines may look like heads. */
export function applyUnifiedDiff(diff: string, base: string): string {
  const there = base.split('\n');
  const shown = diff.split('\n');
  const lines: string[] = [];
  let nextThere = 0;
  for (let at = 0; at < shown.length;) {
    const head = HUNK.exec(shown[at++] ?? '');
    if (head === null) throw new Error('A hunk does not begin where it should.');
    const lengthThere = Number(head[2] ?? 1);
    const startThere = Number(head[1]) - (lengthThere === 0 ? 0 : 1);
    while (nextThere < startThere) lines.push(there[nextThere++] ?? '');
    const end = lines.length + Number(head[4] ?? 1);
    const endThere = startThere + lengthThere;
    while (lines.length < end || nextThere < endThere) {
      const line = shown[at++];
      if (line === undefined) throw new Error('A hunk ends before it should.');
      if (line[0] !== '-') lines.push(line.slice(1));
      if (line[0] !== '+') nextThere++;
    }
  }
  while (nextThere < there.length) lines.push(there[nextThere++] ?? '');
  return lines.join('\n');
}
