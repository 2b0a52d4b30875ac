import type { XmlElement } from '../markup/xml-elements.ts';
import type { DocumentBlock } from './document-block.ts';

const DEEPEST_LEVEL = 6;
/** Of an attribute or a text in a line so much is written. */
const LONGEST_VALUE = 1_200;
/** An element with more elements in it is no record. */
const MOST_FIELDS = 40;

/**
 * The elements of a document as blocks: one that holds other elements is a heading, one whose elements hold nothing but
 * text is a record on one line, `item title: ...; link: ...`.
 */
export function xmlBlocks(elements: readonly XmlElement[]): readonly DocumentBlock[] {
  const blocks: DocumentBlock[] = [];
  const written = new Uint8Array(elements.length);
  for (const element of elements) {
    if (written[element.index] === 1) continue;
    const { first, last, depth, children } = element;
    const fields = children.map((child) => elements[child]).filter((child) => child !== undefined);
    const isRecord = children.length <= MOST_FIELDS && fields.every((field) => field.children.length === 0);
    if (isRecord && element.parent >= 0) {
      for (const child of children) written[child] = 1;
      const parts = [headOf(element), ...fields.map(fieldOf)].filter((part) => part !== '');
      blocks.push({ kind: 'item', level: 0, text: `- ${parts.join('; ')}`, first, last, isAside: false });
    } else {
      const level = Math.min(DEEPEST_LEVEL, depth + 1);
      const count = children.length > 1 ? `, ${children.length} elements` : '';
      const text = `${'#'.repeat(level)} ${headOf(element)}${count}`;
      blocks.push({ kind: 'heading', level, text, first, last: first, isAside: false });
    }
  }
  return blocks;
}

/** `dependency scope=test: text`. */
function headOf({ name, attributes, text }: XmlElement): string {
  const pairs: string[] = [];
  for (const [key, value] of attributes) if (!key.startsWith('xmlns')) pairs.push(`${key}=${clip(value)}`);
  const own = clip(text);
  return `${[name, ...pairs].join(' ')}${own === '' ? '' : `: ${own}`}`;
}

function fieldOf(field: XmlElement): string {
  return field.attributes.size === 0 && field.text.trim() === '' ? '' : headOf(field);
}

function clip(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST_VALUE ? line : `${line.slice(0, LONGEST_VALUE)}...`;
}
