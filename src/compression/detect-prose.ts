import { sampleLines } from './sample-lines.ts';

/** Lines that are looked at: the first ones, and from a longer text as many again, evenly spread. */
const SAMPLE_LINES = 250;
/** Of a line no more than this is looked at. */
const HEAD_CHARS = 400;
const LEAST_LINES = 6;
const LEAST_DOCUMENT_SHARE = 0.6;
const MOST_CODE_SHARE = 0.2;
const LEAST_PROSE_SHARE = 0.4;
const LEAST_PROSE_CHARS = 600;
const PROSE_WORDS = 6;

/**
 * Whether lines are a document to be read: Markdown, reStructuredText or prose. It has headings or paragraphs of
 * sentences, and few lines of it, outside of fences, look like code, settings or data.
 */
export function looksLikeProse(lines: readonly string[]): boolean {
  let seen = 0;
  let headings = 0;
  let document = 0;
  let prose = 0;
  let proseChars = 0;
  let code = 0;
  let before = '';
  for (const line of sampleLines(outsideFences(lines), SAMPLE_LINES)) {
    const text = line.slice(0, HEAD_CHARS).trim();
    if (text === '') {
      before = text;
      continue;
    }
    seen++;
    if (HASH_HEADING.test(text) || (UNDERLINE.test(text) && before !== '' && !UNDERLINE.test(before))) {
      headings++;
      document++;
    } else if (isSentence(text)) {
      prose++;
      proseChars += text.length;
      document++;
    } else if (CODE.test(text)) code++;
    else if (DOCUMENT_LINE.test(text)) document++;
    before = text;
  }
  if (seen < LEAST_LINES || document < seen * LEAST_DOCUMENT_SHARE || code > seen * MOST_CODE_SHARE) return false;
  return (
    (headings >= 2 && document > headings) || (prose >= seen * LEAST_PROSE_SHARE && proseChars >= LEAST_PROSE_CHARS)
  );
}

function outsideFences(lines: readonly string[]): readonly string[] {
  let isFenced = false;
  return lines.filter((line) => {
    const start = line.trimStart().slice(0, 3);
    const isFence = start === '```' || start === '~~~';
    if (isFence) isFenced = !isFenced;
    return !isFence && !isFenced;
  });
}

const HASH_HEADING = /^#{1,6} \S/;
const UNDERLINE = /^(?:={3,}|-{3,}|~{3,}|\^{3,})$/;
/** Items, rows, links, images, quotes, tags. */
const DOCUMENT_LINE = /^(?:[-*+•] \S|\d{1,3}[.)] \S|\|.{1,390}\||!?\[[^\]]{1,200}\]\(|> |<\/?[a-z]|\.\. \S|\*\*\S)/;
/** What ends or looks like code, settings and data. */
const CODE =
  /[;{}]$|^(?:- )?["']?[\w.-]+["']?:(?: \S{0,60})?$|^["']?[\w.-]+["']? ?=|^[)}\]]|=>|\w\(.{0,80}\)(?::|;|,| \{)?$|^@\w|^[*|\\/ _]{1,20} ?[\da-f]{7,40}\b/;

/** So many words, mostly of letters, and no sign at the end that code ends with. */
function isSentence(text: string): boolean {
  const words = text.split(' ', 60);
  let plain = 0;
  for (const word of words) if (WORD.test(word)) plain++;
  return plain >= PROSE_WORDS && plain >= words.length * 0.6 && !/[;{}=]$/.test(text);
}

const WORD = /^["'(*_`[“‘]{0,3}\p{L}[\p{L}'’-]{0,24}[\p{P}*_`]{0,4}$/u;
