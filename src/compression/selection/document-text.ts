import type { DocumentBlock } from './document-block.ts';
import { headingOfEach } from './document-choice.ts';
import { ELISION } from './clip-block.ts';

/**
 * Writes the blocks that stay, in order. Behind the heading of a section that is not whole stand its lines in the
 * source; a sign stands where blocks between others are missing.
 */
export function documentText(blocks: readonly DocumentBlock[], kept: readonly (string | undefined)[]): string {
  const headings = headingOfEach(blocks);
  const ends = sectionEnds(blocks, headings);
  const cut = new Set<number>();
  for (const [index, block] of blocks.entries()) {
    if (kept[index] !== block.text && !block.isAside) cut.add(headings[index] ?? -1);
  }
  const written: string[] = [];
  let isGap = false;
  for (const [index, block] of blocks.entries()) {
    const text = kept[index];
    if (text === undefined) {
      isGap ||= !block.isAside && block.kind !== 'heading';
      continue;
    }
    if (block.kind === 'heading') {
      isGap = false;
      const lines = cut.has(index) ? ` (lines ${block.first}-${ends[index] ?? block.last})` : '';
      written.push(written.length === 0 ? `${text}${lines}` : `\n${text}${lines}`);
      continue;
    }
    if (isGap && written.length > 0) written.push(ELISION);
    isGap = false;
    const isTight = block.kind === 'item' || block.kind === 'row';
    written.push(isTight || written.length === 0 ? text : `\n${text}`);
  }
  return written.join('\n');
}

/** For each heading the last line of what stands directly under it. */
function sectionEnds(blocks: readonly DocumentBlock[], headings: readonly number[]): readonly number[] {
  const ends: number[] = [];
  for (const [index, { last }] of blocks.entries()) {
    const heading = headings[index] ?? -1;
    if (heading >= 0) ends[heading] = last;
  }
  return ends;
}
