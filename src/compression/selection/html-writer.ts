import type { DocumentBlock } from './document-block.ts';
import { looksLikeProse } from '../detect-prose.ts';
import { HtmlText } from './html-text.ts';
import { markdownBlocks } from './markdown-blocks.ts';

/** A block of a page, before it is known which blocks are the content. */
export interface HtmlBlock extends DocumentBlock {
  /** The text with the addresses of its links, as `[text](address)`. */
  readonly linkedText: string;
  /** Characters of the text that are links. */
  readonly linkChars: number;
  /** In `main` or `article`. */
  readonly isMain: boolean;
}

const DEEPEST_INDENT = 6;
const MOST_COLUMNS = 50;
const LONGEST_HEADING = 300;
const LEAST_DOCUMENT_LINES = 30;
/** Of an image no more is said than this. */
const LONGEST_ALT = 200;
const SHORTEST_ALT = 12;

/** Writes what elements hold as blocks of Markdown. */
export class HtmlWriter {
  readonly blocks: HtmlBlock[] = [];
  /** Elements around the text that stand beside the content, and that are the content. */
  asideDepth = 0;
  mainDepth = 0;
  private readonly source: string;
  private readonly text = new HtmlText();
  /** One entry for each open list: the number of its next item, or `undefined` where it has bullets. */
  private readonly lists: (number | undefined)[] = [];
  private dataTableDepth = 0;
  private preDepth = 0;
  private quoteDepth = 0;
  private headingLevel = 0;
  private isFirstRow = false;
  private cellCount = 0;
  private isTerm = false;
  private marker = '';
  /** What the next text explains. */
  private term = '';
  private line = 1;
  private nextNewline: number;

  constructor(source: string) {
    this.source = source;
    this.nextNewline = source.indexOf('\n');
  }

  addText(text: string, at: number): void {
    if (this.preDepth > 0) this.text.add(text.replaceAll('\r\n', '\n'), at, true);
    else this.text.add(text.replace(/\s+/g, ' '), at);
  }

  addImage(alt: string, at: number): void {
    const text = alt.replace(/\s+/g, ' ').trim();
    if (text.length >= SHORTEST_ALT && this.preDepth === 0)
      this.text.add(`[image: ${text.slice(0, LONGEST_ALT)}] `, at);
  }

  addTick(at: number): void {
    if (this.preDepth === 0 && this.headingLevel === 0) this.text.add('`', at);
  }

  beginLink(address: string): void {
    this.text.beginLink(address);
  }

  endLink(): void {
    this.text.endLink();
  }

  breakLine(at: number): void {
    if (this.dataTableDepth > 0 || this.headingLevel > 0) this.text.add(' ', at);
    else if (!this.text.isEmpty) this.text.add('\n', at, this.preDepth > 0);
  }

  /** Before the text of an element: what came before it ends. */
  beginBlock(name: string, at: number): void {
    if (this.isWithinLine(name)) {
      const isCell = name === 'td' || name === 'th';
      this.text.add(isCell && this.cellCount > 0 ? ' | ' : ' ', at);
      if (isCell) this.cellCount++;
      return;
    }
    this.flush(at);
    if (isHeading(name)) this.headingLevel = Number(name[1]);
    else if (name === 'dt') this.isTerm = true;
    else if (name === 'li') this.marker = this.nextMarker();
  }

  /** Behind the text of an element. */
  endBlock(name: string, at: number): void {
    if (this.isWithinLine(name)) this.text.add(' ', at);
    else this.flush(at);
  }

  enter(name: string): void {
    if (name === 'ul' || name === 'menu') this.lists.push(undefined);
    else if (name === 'ol') this.lists.push(1);
    else if (name === 'pre') this.preDepth++;
    else if (name === 'blockquote') this.quoteDepth++;
    else if (name === 'data-table') {
      this.dataTableDepth++;
      this.isFirstRow = true;
    }
  }

  leave(name: string): void {
    if (name === 'ul' || name === 'menu' || name === 'ol') this.lists.pop();
    else if (name === 'pre') this.preDepth--;
    else if (name === 'blockquote') this.quoteDepth--;
    else if (name === 'data-table') this.dataTableDepth--;
  }

  /** Ends the block that is being written. */
  flush(at: number): void {
    const isCode = this.preDepth > 0;
    const { text, linkedText, linkChars, start } = this.text.take(isCode);
    const { headingLevel: level, isTerm, cellCount } = this;
    this.cellCount = 0;
    if (!SAYS_ANYTHING.test(text)) return;
    this.headingLevel = 0;
    this.isTerm = false;
    if (isTerm) {
      this.term = this.term === '' ? text : `${this.term}, ${text}`;
      return;
    }
    if (isCode && this.addDocument(text, { start, at })) return;
    const kind =
      level > 0 ? 'heading' : isCode ? 'code' : cellCount > 0 ? 'row' : this.marker === '' ? 'paragraph' : 'item';
    const write = (body: string): string => {
      if (kind === 'heading') return `${'#'.repeat(level)} ${body}`;
      if (kind === 'row') return `| ${body} |`;
      const code = kind === 'code' ? `\`\`\`\n${body}\n\`\`\`` : body;
      return `${this.quoteDepth > 0 ? '> ' : ''}${this.marker}${this.term === '' ? '' : `${this.term}: `}${code}`;
    };
    const rule = kind === 'row' && this.isFirstRow ? `\n${'|---'.repeat(Math.min(MOST_COLUMNS, cellCount))}|` : '';
    this.blocks.push({
      kind,
      level,
      text: write(text) + rule,
      linkedText: write(kind === 'code' ? text : linkedText) + rule,
      linkChars,
      first: this.lineOf(start),
      last: this.lineOf(at),
      isAside: this.asideDepth > 0,
      isMain: this.mainDepth > 0,
    });
    if (kind === 'row') this.isFirstRow = false;
    this.marker = '';
    if (kind !== 'heading') this.term = '';
  }

  /** A long listing of sentences is a document of its own, with headings and paragraphs: whether it was one. */
  private addDocument(text: string, { start, at }: { readonly start: number; readonly at: number }): boolean {
    const lines = text.split('\n');
    if (lines.length < LEAST_DOCUMENT_LINES || !looksLikeProse(lines)) return false;
    const offset = this.lineOf(start) - 1;
    const end = this.lineOf(at);
    const isAside = this.asideDepth > 0;
    const isMain = this.mainDepth > 0;
    for (const block of markdownBlocks(lines)) {
      const first = Math.min(end, offset + block.first);
      const last = Math.min(end, offset + block.last);
      this.blocks.push({ ...block, first, last, linkedText: block.text, linkChars: 0, isAside, isMain });
    }
    this.marker = '';
    return true;
  }

  /** In a table of data all but rows is part of a line; in a heading a mere division is. */
  private isWithinLine(name: string): boolean {
    if (this.dataTableDepth > 0)
      return name !== 'tr' && name !== 'caption' && name !== 'table' && name !== 'thead' && name !== 'tbody';
    return this.headingLevel > 0 && name === 'div' && this.text.length < LONGEST_HEADING;
  }

  private nextMarker(): string {
    const depth = Math.min(DEEPEST_INDENT, Math.max(0, this.lists.length - 1));
    const number = this.lists.at(-1);
    if (number === undefined) return `${'  '.repeat(depth)}- `;
    this.lists[this.lists.length - 1] = number + 1;
    return `${'  '.repeat(depth)}${number}. `;
  }

  /** Offsets come in ascending order: the source is read once. */
  private lineOf(offset: number): number {
    while (this.nextNewline >= 0 && this.nextNewline < offset) {
      this.line++;
      this.nextNewline = this.source.indexOf('\n', this.nextNewline + 1);
    }
    return this.line;
  }
}

/** A letter or a digit. */
const SAYS_ANYTHING = /[\p{L}\p{N}]/u;

function isHeading(name: string): boolean {
  return name.length === 2 && name[0] === 'h' && name !== 'hr';
}
