import { attributesOf } from './attributes.ts';
import { decodeReferences } from './character-references.ts';
import { markupTokens } from './markup-tokens.ts';

/** One element of an XML document. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** What stands directly in it, without the text of its elements. */
  readonly text: string;
  /** Its index among all elements, in the order of their beginnings, and that of the one around it, -1 for none. */
  readonly index: number;
  readonly parent: number;
  readonly depth: number;
  readonly children: readonly number[];
  /** Lines of the source, counted from 1. */
  readonly first: number;
  readonly last: number;
}

/** While it is read. */
interface OpenElement extends XmlElement {
  text: string;
  last: number;
  children: number[];
}

/** Shared by all that hold no other, and never written to. */
const NO_CHILDREN: number[] = [];

/**
 * The elements of an XML document, or `undefined` when an end tag fits nothing that is open or most of the text stands
 * outside of elements. A document that breaks off is read as far as it goes. Linear in the source.
 */
export function xmlElements(source: string): readonly XmlElement[] | undefined {
  const elements: OpenElement[] = [];
  const open: OpenElement[] = [];
  const lineOf = lineCounter(source);
  for (const token of markupTokens(source, 'xml')) {
    const inner = open.at(-1);
    if (token.kind === 'text') {
      const written = source.slice(token.start, token.end);
      if (inner !== undefined) inner.text += token.isRaw ? written : decodeReferences(written);
      else if (written.trim() !== '' && written.trim() !== '\ufeff') return undefined;
    } else if (token.kind === 'close') {
      if (inner?.name !== token.name) return undefined;
      inner.last = lineOf(token.end);
      open.pop();
    } else {
      const line = lineOf(token.start);
      const element: OpenElement = {
        name: token.name,
        attributes: attributesOf(source, token),
        text: '',
        index: elements.length,
        parent: inner?.index ?? -1,
        depth: open.length,
        children: NO_CHILDREN,
        first: line,
        last: lineOf(token.end),
      };
      if (inner !== undefined) addChild(inner, element.index);
      elements.push(element);
      if (!token.isSelfClosing) open.push(element);
    }
  }
  for (const element of open) element.last = lineOf(source.length);
  return elements.length === 0 ? undefined : elements;
}

/** Most elements hold none or one: a list that can grow would take more room than the element. */
function addChild(element: OpenElement, index: number): void {
  if (element.children.length === 0) element.children = [index];
  else element.children.push(index);
}

/** Offsets have to come in ascending order. */
function lineCounter(source: string): (offset: number) => number {
  let line = 1;
  let next = source.indexOf('\n');
  return (offset) => {
    while (next >= 0 && next < offset) {
      line++;
      next = source.indexOf('\n', next + 1);
    }
    return line;
  };
}
