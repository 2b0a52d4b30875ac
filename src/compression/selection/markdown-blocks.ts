import type { DocumentBlock } from './document-block.ts';

/** Of a heading that is underlined, or stands in capitals or behind a number, no more than this. */
const LONGEST_HEADING = 120;
/** A paragraph of more lines is more than one block. */
const LONGEST_PARAGRAPH_LINES = 25;

interface Reader {
  readonly lines: readonly string[];
  readonly blocks: DocumentBlock[];
  /** Signs that underline headings, the highest level first. */
  readonly underlines: string[];
}

/**
 * Reads Markdown, reStructuredText or plain prose as blocks, line by line: headings by `#`, underlined, numbered or in
 * capitals, paragraphs, items of lists, rows of tables, listings. Linear in the lines.
 */
export function markdownBlocks(lines: readonly string[]): readonly DocumentBlock[] {
  const reader: Reader = { lines, blocks: [], underlines: [] };
  let index = 0;
  while (index < lines.length) {
    const line = lines[index] ?? '';
    index = line.trim() === '' ? index + 1 : readBlock(reader, index);
  }
  return reader.blocks;
}

/** Reads the block that begins at a line, and gives the line behind it. */
function readBlock(reader: Reader, index: number): number {
  const { lines } = reader;
  const line = lines[index] ?? '';
  const fence = fenceOf(line);
  if (fence !== undefined) {
    let end = index + 1;
    while (end < lines.length && !(lines[end] ?? '').trimStart().startsWith(fence)) end++;
    return add(reader, { kind: 'code', level: 0, index, end: Math.min(lines.length, end + 1) });
  }
  const level = hashLevel(line);
  if (level > 0) return add(reader, { kind: 'heading', level, index, end: index + 1 });
  const over = isUnderline(line) && isUnderlined(lines, index + 1) ? 1 : 0;
  if (isUnderlined(lines, index + over)) {
    const sign = `${over}${(lines[index + over + 1] ?? '')[0] ?? ''}`;
    if (!reader.underlines.includes(sign)) reader.underlines.push(sign);
    const title = (lines[index + over] ?? '').trim();
    const depth = Math.min(6, reader.underlines.indexOf(sign) + 1);
    return add(reader, {
      kind: 'heading',
      level: depth,
      index,
      end: index + over + 2,
      text: `${'#'.repeat(depth)} ${title}`,
    });
  }
  if (isNumberedOrCapitals(lines, index)) return add(reader, { kind: 'heading', level: 2, index, end: index + 1 });
  if (isRow(line)) {
    const end = index + (isRule(lines[index + 1] ?? '') ? 2 : 1);
    return add(reader, { kind: 'row', level: 0, index, end });
  }
  const kind = ITEM.test(line) ? 'item' : /^(?: {4}|\t)/.test(line) ? 'code' : 'paragraph';
  let end = index + 1;
  while (end < lines.length && end - index < LONGEST_PARAGRAPH_LINES && continues(lines, end)) end++;
  return add(reader, { kind, level: 0, index, end });
}

function add(
  { lines, blocks }: Reader,
  block: {
    readonly kind: DocumentBlock['kind'];
    readonly level: number;
    readonly index: number;
    readonly end: number;
    readonly text?: string;
  },
): number {
  const { kind, level, index, end } = block;
  const text = block.text ?? lines.slice(index, end).join('\n').trimEnd();
  blocks.push({ kind, level, text, first: index + 1, last: end, isAside: false });
  return end;
}

/** Whether a line belongs to the block that the line before it is of. */
function continues(lines: readonly string[], index: number): boolean {
  const line = lines[index] ?? '';
  return (
    line.trim() !== '' &&
    !ITEM.test(line) &&
    !isRow(line) &&
    hashLevel(line) === 0 &&
    fenceOf(line) === undefined &&
    !isUnderlined(lines, index)
  );
}

const ITEM = /^\s{0,40}(?:[-*+•]|\d{1,3}[.)])\s+\S/;

function fenceOf(line: string): string | undefined {
  const start = line.trimStart().slice(0, 3);
  return start === '```' || start === '~~~' ? start : undefined;
}

function hashLevel(line: string): number {
  let level = 0;
  while (line[level] === '#') level++;
  return level <= 6 && level > 0 && (line[level] === ' ' || line[level] === '\t') ? level : 0;
}

/** A line of text above a line of one sign that is about as long: `Title` above `=====`. */
export function isUnderlined(lines: readonly string[], index: number): boolean {
  const title = (lines[index] ?? '').trim();
  const line = lines[index + 1] ?? '';
  return (
    title !== '' &&
    title.length <= LONGEST_HEADING &&
    isUnderline(line) &&
    !isUnderline(title) &&
    !isRow(title) &&
    !ITEM.test(title) &&
    line.trim().length >= Math.min(3, title.length) &&
    (index === 0 || (lines[index - 1] ?? '').trim() === '' || isUnderline(lines[index - 1] ?? ''))
  );
}

function isUnderline(line: string): boolean {
  const text = line.trimEnd();
  const sign = text[0] ?? '';
  if (text.length < 3 || text.length > 200 || !'=-~^*+#"'.includes(sign)) return false;
  for (let index = 1; index < text.length; index++) if (text[index] !== sign) return false;
  return true;
}

/** `3.1  Overview`, `SEE ALSO`, alone on a line behind an empty one. */
function isNumberedOrCapitals(lines: readonly string[], index: number): boolean {
  const line = (lines[index] ?? '').trimEnd();
  if (line.length > LONGEST_HEADING || line.length < 3 || (index > 0 && (lines[index - 1] ?? '').trim() !== ''))
    return false;
  const next = lines[index + 1] ?? '';
  if (CAPITALS.test(line)) return next.trim() === '' || next.startsWith(' ');
  return NUMBERED.test(line) && next.trim() === '';
}

const CAPITALS = /^[A-Z][A-Z0-9 ,&/'()-]{2,60}$/;
const NUMBERED = /^\d{1,2}(?:\.\d{1,2}){0,4}\.? {1,3}[A-Z]\S*(?: \S+){0,12}$/;

function isRow(line: string): boolean {
  const text = line.trim();
  return text.length > 2 && text.startsWith('|') && text.endsWith('|');
}

function isRule(line: string): boolean {
  return /^\s*\|[\s|:-]+\|\s*$/.test(line);
}
