import { drawTree, readTreeRows, TREE_STYLES } from '../code-tools/tree-lines.ts';
import type { TreeRow } from '../code-tools/tree-lines.ts';
import type { ListingContent } from '../content.ts';
import type { Encoded, EncodingForm, Strategy } from '../strategy.ts';

/** What is written for one level. */
const INDENT = ' ';
/** `tree` writes sizes right-aligned in brackets; the blanks before them go, and their width is kept aside. */
const PADDED = /^\[( *)(\d+)\]  /;
const SHORT = /^(\d+) /;

/**
 * A tree that a program has drawn with branches, drawn with a blank for each level. The branches follow from the
 * levels, so it decodes character by character.
 */
export const indentedTree: Strategy<'listing'> = { name: 'indented-tree', kinds: ['listing'], encode, decode };

function encode({ lines, text }: ListingContent): Encoded | undefined {
  for (const style of TREE_STYLES) {
    const rows = readTreeRows(lines, style);
    if (rows === undefined || !rows.some(({ depth }) => depth > 0)) continue;
    if (drawTree(rows, style).join('\n') !== text) continue;
    const width = paddedWidth(rows);
    const written = rows.map(
      ({ depth, name }) => INDENT.repeat(depth) + (width === undefined ? name : withoutPadding(name)),
    );
    return { text: written.join('\n'), form: { style: style.name, width: width ?? 0 } };
  }
  return undefined;
}

function decode(text: string, form: EncodingForm | undefined): string {
  const style = TREE_STYLES.find(({ name }) => name === form?.['style']);
  if (style === undefined) throw new Error('The style of the tree is unknown.');
  const width = Number(form?.['width'] ?? 0);
  const rows = text.split('\n').map((line): TreeRow => {
    let depth = 0;
    while (line.startsWith(INDENT, depth)) depth++;
    const name = line.slice(depth);
    return { depth, name: width > 0 ? withPadding(name, width) : name };
  });
  return drawTree(rows, style).join('\n');
}

/** A name that would be taken for one with a size stands behind a backslash. */
function withoutPadding(name: string): string {
  return SHORT.test(name) || name.startsWith('\\') ? `\\${name}` : name.replace(PADDED, '$2 ');
}

function withPadding(name: string, width: number): string {
  if (name.startsWith('\\')) return name.slice(1);
  return name.replace(SHORT, (_, size: string) => `[${size.padStart(width)}]  `);
}

/** How wide sizes are, if all that are told are as wide as one another. */
function paddedWidth(rows: readonly TreeRow[]): number | undefined {
  let width: number | undefined;
  for (const { name } of rows) {
    const match = PADDED.exec(name);
    if (match === null) continue;
    const found = (match[1] ?? '').length + (match[2] ?? '').length;
    if (width !== undefined && found !== width) return undefined;
    width = found;
  }
  return width;
}
