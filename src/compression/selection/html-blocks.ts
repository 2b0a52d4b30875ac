import { attributesOf } from '../markup/attributes.ts';
import { decodeReferences } from '../markup/character-references.ts';
import { markupTokens } from '../markup/markup-tokens.ts';
import type { MarkupToken } from '../markup/markup-tokens.ts';
import { BLOCK_ELEMENTS, isAsideElement, UNREAD_ELEMENTS, VOID_ELEMENTS } from './html-elements.ts';
import { dataTables } from './html-tables.ts';
import { HtmlWriter } from './html-writer.ts';
import type { HtmlBlock } from './html-writer.ts';

export interface HtmlPage {
  readonly title: string;
  /** What the head says of the page: its description, author, time of publication. */
  readonly about: readonly string[];
  readonly blocks: readonly HtmlBlock[];
}

interface OpenElement {
  readonly name: string;
  readonly isAside: boolean;
  readonly isMain: boolean;
}

const DATA_TABLE = 'table:data';
const ABOUT: ReadonlySet<string> = new Set(['description', 'author', 'article:published_time', 'date']);
const LONGEST_ABOUT = 400;
/** Elements that end where another of these begins, when they are the innermost. */
const IMPLIED_ENDS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['li', new Set(['li', 'p'])],
  ['p', new Set(['p'])],
  ['tr', new Set(['td', 'th', 'tr'])],
  ['td', new Set(['td', 'th'])],
  ['th', new Set(['td', 'th'])],
  ['dt', new Set(['dt', 'dd', 'p'])],
  ['dd', new Set(['dt', 'dd', 'p'])],
  ['option', new Set(['option'])],
]);

/** Reads a page as blocks of Markdown, in the order of the source. Linear in the source, whatever its faults. */
export function htmlBlocks(source: string): HtmlPage {
  const tokens = markupTokens(source, 'html');
  const tables = dataTables(tokens);
  const reader = new HtmlReader(source);
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'text') reader.readText(token);
    else if (token.kind === 'close') reader.readClose(token);
    else reader.readOpen(token, tables.has(index));
  }
  return reader.finish();
}

/** Knows which elements are open; what they hold goes to the writer. */
class HtmlReader {
  private readonly source: string;
  private readonly writer: HtmlWriter;
  private readonly about = new Map<string, string>();
  private title = '';
  /** Innermost last, and how many of each name. */
  private readonly open: OpenElement[] = [];
  private readonly counts = new Map<string, number>();
  private unreadDepth = 0;

  constructor(source: string) {
    this.source = source;
    this.writer = new HtmlWriter(source);
  }

  finish(): HtmlPage {
    this.writer.flush(this.source.length);
    const about = [...this.about].map(([name, value]) => `${name.slice(name.indexOf(':') + 1)}: ${value}`);
    return { title: this.title, about, blocks: this.writer.blocks };
  }

  readText(token: MarkupToken): void {
    if (this.unreadDepth > 0) return;
    const written = this.source.slice(token.start, token.end);
    const text = token.isRaw ? written : decodeReferences(written);
    if (this.open.at(-1)?.name !== 'title') this.writer.addText(text, token.start);
    else if (this.title === '') this.title = text.replace(/\s+/g, ' ').trim();
  }

  readOpen(token: MarkupToken, isDataTable: boolean): void {
    const { name, start } = token;
    if (this.unreadDepth > 0) {
      if (!VOID_ELEMENTS.has(name) && !token.isSelfClosing) this.push({ name, isAside: false, isMain: false });
      return;
    }
    if (name === 'br') {
      this.writer.breakLine(start);
      return;
    }
    const attributes = attributesOf(this.source, token);
    if (name === 'meta') this.readMeta(attributes);
    if (name === 'img') this.writer.addImage(attributes.get('alt') ?? '', start);
    this.endImplied(name);
    if (BLOCK_ELEMENTS.has(name)) this.writer.beginBlock(name, start);
    if (VOID_ELEMENTS.has(name) || token.isSelfClosing) return;
    const isMain = name === 'main' || name === 'article' || attributes.get('role') === 'main';
    const isAside = isAsideElement(name, attributes);
    this.push({ name: isDataTable ? DATA_TABLE : name, isAside, isMain });
    if (name === 'a') this.writer.beginLink(attributes.get('href') ?? '');
    else if (name === 'code' || name === 'kbd' || name === 'samp') this.writer.addTick(start);
  }

  readClose({ name, start }: MarkupToken): void {
    const key = name === 'table' && (this.counts.get(DATA_TABLE) ?? 0) > 0 ? DATA_TABLE : name;
    if ((this.counts.get(key) ?? 0) === 0) return;
    if (this.unreadDepth === 0) {
      if (name === 'a') this.writer.endLink();
      else if (name === 'code' || name === 'kbd' || name === 'samp') this.writer.addTick(start);
      else if (BLOCK_ELEMENTS.has(name)) this.writer.endBlock(name, start);
    }
    for (let ended = this.pop(); ended !== undefined && ended !== key;) ended = this.pop();
  }

  private endImplied(name: string): void {
    const ended = IMPLIED_ENDS.get(name);
    if (ended === undefined) return;
    while (ended.has(this.open.at(-1)?.name ?? '')) this.pop();
  }

  private push(element: OpenElement): void {
    this.open.push(element);
    this.counts.set(element.name, (this.counts.get(element.name) ?? 0) + 1);
    if (UNREAD_ELEMENTS.has(element.name)) this.unreadDepth++;
    else if (this.unreadDepth === 0) this.writer.enter(element.name === DATA_TABLE ? 'data-table' : element.name);
    this.writer.asideDepth += element.isAside ? 1 : 0;
    this.writer.mainDepth += element.isMain ? 1 : 0;
  }

  private pop(): string | undefined {
    const element = this.open.pop();
    if (element === undefined) return undefined;
    this.counts.set(element.name, (this.counts.get(element.name) ?? 1) - 1);
    if (UNREAD_ELEMENTS.has(element.name)) this.unreadDepth--;
    else if (this.unreadDepth === 0) this.writer.leave(element.name === DATA_TABLE ? 'data-table' : element.name);
    this.writer.asideDepth -= element.isAside ? 1 : 0;
    this.writer.mainDepth -= element.isMain ? 1 : 0;
    return element.name;
  }

  private readMeta(attributes: ReadonlyMap<string, string>): void {
    const name = (attributes.get('name') ?? attributes.get('property') ?? '').toLowerCase();
    const content = (attributes.get('content') ?? '').replace(/\s+/g, ' ').trim();
    if (!ABOUT.has(name) || this.about.has(name) || content === '') return;
    this.about.set(name, content.slice(0, LONGEST_ABOUT));
  }
}
