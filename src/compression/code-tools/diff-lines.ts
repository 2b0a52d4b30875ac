/** One line of a diff. */
export interface DiffLine {
  /** `message` is what stands outside of the patch: commit headers, their messages, `--stat` lines. */
  readonly role: 'message' | 'file' | 'hunk' | 'added' | 'removed' | 'context' | 'note';
  /** Counted over the whole text, from 0; -1 before the first. */
  readonly file: number;
  /** Counted over the whole text, from 0; -1 outside of hunks. */
  readonly hunk: number;
}

export interface ReadDiff {
  readonly parts: readonly DiffLine[];
  readonly files: number;
  /** Hunks that have as many lines as their header says. */
  readonly wholeHunks: number;
  /** The others: the text was cut, or is none. */
  readonly brokenHunks: number;
}

const HUNK = /^@@ -\d{1,9}(?:,(\d{1,9}))? \+\d{1,9}(?:,(\d{1,9}))? @@/;
const COMBINED_HUNK = /^@@@+ -\d/;
const GIT_FILE = /^diff --(?:git|cc|combined) /;
const FILE_LINE =
  /^(?:index [0-9a-f]|old mode |new mode |new file mode |deleted file mode |similarity index |dissimilarity index |rename (?:from|to) |copy (?:from|to) |Binary files |GIT binary patch|--- |\+\+\+ |Index: |={60,}|Only in )/;
const COMMIT = /^(?:commit [0-9a-f]{7,64}\b|From [0-9a-f]{40} )/;

/** Reads every line of a unified diff. A hunk ends where its header says, or where its lines no longer fit. */
export function readDiff(lines: readonly string[]): ReadDiff {
  const parts: DiffLine[] = [];
  let file = -1;
  let files = 0;
  let hunk = -1;
  let wholeHunks = 0;
  let brokenHunks = 0;
  let oldLeft = 0;
  let newLeft = 0;
  let isCombined = false;
  /** Between a file's header and its first hunk, and between hunks. */
  let inFile = false;
  let hunks = 0;

  for (const [index, line] of lines.entries()) {
    const sign = line.charAt(0);
    if (oldLeft > 0 || newLeft > 0) {
      const isOld = sign === '-' || sign === ' ' || line === '' || line === '\r';
      const isNew = sign === '+' || sign === ' ' || line === '' || line === '\r';
      const isCut = (isOld && oldLeft === 0) || (isNew && newLeft === 0) || (index === lines.length - 1 && line === '');
      if ((isOld || isNew) && !isCut) {
        if (isOld) oldLeft--;
        if (isNew) newLeft--;
        parts.push({ role: roleOf(sign), file, hunk });
        if (oldLeft === 0 && newLeft === 0) wholeHunks++;
        continue;
      }
      if (sign === '\\') {
        parts.push({ role: 'note', file, hunk });
        continue;
      }
      brokenHunks++;
      oldLeft = 0;
      newLeft = 0;
    }
    if (sign === '\\' && hunk >= 0 && inFile) {
      parts.push({ role: 'note', file, hunk });
      continue;
    }
    const header = inFile || line.startsWith('@@') ? HUNK.exec(line) : null;
    if (header !== null && inFile) {
      hunk = hunks++;
      oldLeft = Number(header[1] ?? 1);
      newLeft = Number(header[2] ?? 1);
      isCombined = false;
      if (oldLeft === 0 && newLeft === 0) wholeHunks++;
      parts.push({ role: 'hunk', file, hunk });
      continue;
    }
    if (inFile && COMBINED_HUNK.test(line)) {
      hunk = hunks++;
      isCombined = true;
      wholeHunks++;
      parts.push({ role: 'hunk', file, hunk });
      continue;
    }
    if (GIT_FILE.test(line) || startsPlainFile(lines, index, inFile && hunk < 0)) {
      if (!(inFile && hunk < 0 && line.startsWith('--- '))) file = files++;
      hunk = -1;
      inFile = true;
      isCombined = false;
      parts.push({ role: 'file', file, hunk });
      continue;
    }
    if (isCombined && inFile && '+- '.includes(sign) && line !== '') {
      parts.push({ role: roleOf(line.slice(0, 2).trim().charAt(0) || ' '), file, hunk });
      continue;
    }
    if (inFile && hunk < 0 && FILE_LINE.test(line)) {
      parts.push({ role: 'file', file, hunk });
      continue;
    }
    if (COMMIT.test(line) || line !== '') inFile = false;
    parts.push({ role: 'message', file: inFile ? file : -1, hunk: -1 });
  }
  if (oldLeft > 0 || newLeft > 0) brokenHunks++;
  return { parts, files, wholeHunks, brokenHunks };
}

/** `--- a` over `+++ b` over `@@`, where no `diff --git` line came before. */
function startsPlainFile(lines: readonly string[], index: number, isInHeader: boolean): boolean {
  if (isInHeader || !(lines[index] ?? '').startsWith('--- ')) return false;
  return (lines[index + 1] ?? '').startsWith('+++ ') && (lines[index + 2] ?? '').startsWith('@@');
}

function roleOf(sign: string): 'added' | 'removed' | 'context' {
  if (sign === '+') return 'added';
  return sign === '-' ? 'removed' : 'context';
}

/** The file that a line of a file's header names. */
export function pathOf(line: string): string | undefined {
  const name = /^(?:\+\+\+ |--- )(?:[ab]\/)?([^\t\n]{1,400})/.exec(line)?.[1];
  if (name !== undefined) return name === '/dev/null' ? undefined : name.trimEnd();
  return /^diff --(?:git a\/.{1,400} b\/|cc |combined )(.{1,400})$/.exec(line)?.[1]?.trimEnd();
}
