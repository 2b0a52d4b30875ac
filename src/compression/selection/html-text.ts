/** Text of a block of a page. */
export interface HtmlBlockText {
  readonly text: string;
  /** The text with the addresses of its links. */
  readonly linkedText: string;
  readonly linkChars: number;
  /** Where in the source the text begins. */
  readonly start: number;
}

/** Gathers the text of one block after the other: blanks are one blank, links are known with and without address. */
export class HtmlText {
  private text = '';
  private linked = '';
  private linkChars = 0;
  private start = 0;
  private endsBlank = true;
  /** Of a link that is open its address, and whether any of its text has come. */
  private link: { readonly href: string; hasText: boolean } | undefined;

  get isEmpty(): boolean {
    return this.text === '';
  }

  get length(): number {
    return this.text.length;
  }

  add(text: string, at: number, isPreformatted = false): void {
    const added = isPreformatted || !this.endsBlank || !text.startsWith(' ') ? text : text.slice(1);
    if (added === '') return;
    if (this.text === '') this.start = at;
    if (this.link !== undefined) {
      if (!this.link.hasText && added !== ' ') {
        this.link.hasText = true;
        this.linked += '[';
      }
      this.linkChars += added.length;
    }
    this.text += added;
    this.linked += added;
    this.endsBlank = !isPreformatted && (added.endsWith(' ') || added.endsWith('\n'));
  }

  /** An address within the page, or a script, is none. */
  beginLink(address: string): void {
    this.endLink();
    const isAddress = address !== '' && !address.startsWith('#') && !address.startsWith('javascript:');
    this.link = { href: isAddress ? address : '', hasText: !isAddress };
  }

  endLink(): void {
    if (this.link === undefined) return;
    if (this.link.hasText && this.link.href !== '') this.linked += `](${this.link.href})`;
    this.link = undefined;
  }

  /** What was gathered, to begin anew. */
  take(isPreformatted: boolean): HtmlBlockText {
    this.endLink();
    const trim = isPreformatted ? trimNewlines : (text: string): string => text.trim();
    const taken = {
      text: trim(this.text),
      linkedText: trim(this.linked),
      linkChars: this.linkChars,
      start: this.start,
    };
    this.text = '';
    this.linked = '';
    this.linkChars = 0;
    this.endsBlank = true;
    return taken;
  }
}

function trimNewlines(text: string): string {
  let start = 0;
  while (text[start] === '\n') start++;
  return text.slice(start).trimEnd();
}
