/** One line of a history. */
export interface CommitLine {
  /** `commit` begins one and, in a history of one line each, is one; `subject` is the first line of its message. */
  readonly role: 'commit' | 'author' | 'date' | 'subject' | 'message' | 'file' | 'total' | 'blank' | 'other';
  /** Counted from 0; -1 before the first. */
  readonly commit: number;
}

const ONE_LINE = /^[*|\\/_ .o-]{0,60}([0-9a-f]{7,40})(?: |$)/;
const HEADER = /^[*|\\/_ ]{0,60}commit ([0-9a-f]{7,64})\b/;
const AUTHOR = /^(?:Author|Commit|Merge|Committer|AuthorDate): ?\s/;
const DATE = /^(?:Date|CommitDate): ?\s/;
const CHANGED = /^(?:[MADTUX]|[RC]\d{3})\t\S|^ \S.{0,400}\s\|\s+(?:\d+|Bin)\b|^\d+\t\d+\t\S|^-\t-\t\S|^:\d{6} /;
const TOTAL = /^ \d+ files? changed\b/;
/** What graphs draw between commits. */
const GRAPH_ONLY = /^[*|\\/_ ]{1,60}$/;
const LETTER = /[a-f]/;
const DIGIT = /\d/;

/**
 * Reads a history in which every commit takes one line; others are `other`. Of the hashes most have to hold a digit and
 * a letter: words have no digit, and times and numbers no letter.
 */
export function readOneLineCommits(lines: readonly string[]): readonly CommitLine[] {
  const hashes = lines.map((line) => ONE_LINE.exec(line.slice(0, 120))?.[1]);
  const candidates = hashes.filter((hash) => hash !== undefined);
  const mixed = candidates.filter((hash) => DIGIT.test(hash) && LETTER.test(hash)).length;
  const areHashes = mixed * 2 > candidates.length;
  let commit = -1;
  return lines.map((line, index): CommitLine => {
    if (areHashes && hashes[index] !== undefined) return { role: 'commit', commit: ++commit };
    if (line.trim() === '' || GRAPH_ONLY.test(line)) return { role: 'blank', commit };
    if (TOTAL.test(line)) return { role: 'total', commit };
    return { role: CHANGED.test(line) ? 'file' : 'other', commit };
  });
}

/** Reads a history in which a line `commit <hash>` begins every commit. */
export function readLongCommits(lines: readonly string[]): readonly CommitLine[] {
  let commit = -1;
  let hasSubject = false;
  return lines.map((line): CommitLine => {
    if (HEADER.test(line)) {
      hasSubject = false;
      return { role: 'commit', commit: ++commit };
    }
    if (line.trim() === '' || GRAPH_ONLY.test(line)) return { role: 'blank', commit };
    if (commit < 0) return { role: 'other', commit };
    if (!hasSubject && AUTHOR.test(line)) return { role: 'author', commit };
    if (!hasSubject && DATE.test(line)) return { role: 'date', commit };
    if (line.startsWith('    ') || line.startsWith('\t')) {
      const role = hasSubject ? 'message' : 'subject';
      hasSubject = true;
      return { role, commit };
    }
    if (TOTAL.test(line)) return { role: 'total', commit };
    return { role: CHANGED.test(line) ? 'file' : 'other', commit };
  });
}
