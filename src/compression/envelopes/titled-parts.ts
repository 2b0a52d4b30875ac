import { lineSpans, type TextSpan } from './text-span.ts';

type TitleTest = (line: string) => boolean;

/** What stands over each of several texts in a row. Each of these is as good as a promise that another text follows. */
const TITLES: readonly TitleTest[] = [
  isRuledTitle,
  // File: path, ### File: path, // File: path
  (line) =>
    /^(?:#{1,6} |\/\/ |# |-- )?(?:File|FILE|Path|Filename|Document)(?: name| path)?: ?["'`]?[^\s"'`][^"'`]{0,300}["'`]?:?\s?$/.test(
      line,
    ),
  // a path and a colon, as servers of the Model Context Protocol write before each file
  (line) => /^(?:\/|~\/|\.{1,2}\/|[A-Za-z]:[\\/])[^\s:*?"<>|][^:*?"<>|]{0,300}\.[\w-]{1,12}:\s?$/.test(line),
  // commands of a shell session: $ cmd
  (line) => /^(?:\$|❯|➜|PS [^>]{1,200}>) \S/.test(line),
];
const RULE = /^(?:={3,200}|-{3,200}|\*{3,200}|~{3,200})\s?$/;
const LONGEST_TITLE = 420;
const MOST_PARTS = 60;
const FEWEST_PARTS = 2;
/** Of the text at least this share stands under titles. */
const LEAST_SHARE = 0.8;
/** Parts are more than a line or two under each of many titles. */
const LEAST_MEAN_CHARS = 150;

/** The texts that stand in a row under titles of one form, such as the files that `head a b` prints. */
export function findTitled(text: string): readonly TextSpan[] | undefined {
  const spans = lineSpans(text);
  for (const title of TITLES) {
    const at = titlesIn(text, spans, title);
    if (at.length < FEWEST_PARTS || at.length > MOST_PARTS) continue;
    const parts = at.flatMap((line, place) => partUnder(text, { spans, first: line + 1, next: at[place + 1] }));
    const size = parts.reduce((sum, { start, end }) => sum + end - start, 0);
    if (parts.length >= FEWEST_PARTS && size >= text.length * LEAST_SHARE && size >= at.length * LEAST_MEAN_CHARS) {
      return parts;
    }
  }
  return undefined;
}

/** The lines that are titles, and no more of them than it takes to see that there are too many. */
function titlesIn(text: string, spans: readonly TextSpan[], isTitle: TitleTest): readonly number[] {
  const at: number[] = [];
  for (const [index, { start, end }] of spans.entries()) {
    if (end - start > LONGEST_TITLE || !isTitle(text.slice(start, end))) continue;
    at.push(index);
    if (at.length > MOST_PARTS) break;
  }
  return at;
}

/** `==> path <==`, `=== path ===`, `---- name ----`: a name between two runs of the same sign, or of arrows. */
function isRuledTitle(line: string): boolean {
  const text = line.trimEnd();
  if (text.startsWith('==> ') && text.endsWith(' <==')) return text.length > 8;
  const sign = text.charAt(0);
  if (sign === '' || !'=-'.includes(sign)) return false;
  let start = 0;
  let end = text.length;
  while (start < end && text.charAt(start) === sign) start++;
  while (end > start && text.charAt(end - 1) === sign) end--;
  return start >= 3 && text.length - end >= 3 && /[\p{L}\d]/u.test(text.slice(start, end));
}

interface Place {
  readonly spans: readonly TextSpan[];
  readonly first: number;
  /** The line of the next title. */
  readonly next: number | undefined;
}

/** The lines under a title, without blank lines and rules round them. */
function partUnder(text: string, { spans, first, next = spans.length }: Place): readonly TextSpan[] {
  const isFrame = (index: number): boolean => {
    const { start, end } = spans[index] ?? { start: 0, end: 0 };
    const line = text.slice(start, Math.min(end, start + 220));
    return line.trim() === '' || RULE.test(line);
  };
  let from = first;
  let until = next;
  while (from < until && isFrame(from)) from++;
  while (until > from && isFrame(until - 1)) until--;
  const start = spans[from]?.start;
  const end = spans[until - 1]?.end;
  return start === undefined || end === undefined || from >= until ? [] : [{ start, end }];
}
