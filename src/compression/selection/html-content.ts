import type { HtmlPage } from './html-blocks.ts';
import type { HtmlBlock } from './html-writer.ts';

/** Of the text outside of asides the part that `main` has to hold to be the content. */
const LEAST_MAIN_SHARE = 0.3;
/** Of the whole text the part that has to be left when asides are taken out, or they are none. */
const LEAST_CONTENT_SHARE = 0.15;
/** Of a block the part that is links, and of a run the blocks, that make it a list of links. */
const LINK_SHARE = 0.8;
const LEAST_RUN = 5;
/** Links that lead about a site have short names; longer ones are the content of a list. */
const LONGEST_LABEL = 32;

/** Marks what stands beside the content, by the elements around it and by its links. What would leave too little is undone. */
export function withoutBoilerplate(page: HtmlPage): HtmlPage {
  const whole = sizeOf(page.blocks, () => true);
  let blocks = page.blocks;
  if (sizeOf(blocks, ({ isAside }) => !isAside) < whole * LEAST_CONTENT_SHARE) {
    blocks = blocks.map((block) => ({ ...block, isAside: false }));
  }
  const outside = sizeOf(blocks, ({ isAside }) => !isAside);
  const main = sizeOf(blocks, ({ isAside, isMain }) => !isAside && isMain);
  if (main >= outside * LEAST_MAIN_SHARE)
    blocks = blocks.map((block) => (block.isMain ? block : { ...block, isAside: true }));
  const withoutLists = withoutLinkLists(blocks);
  const left = sizeOf(withoutLists, ({ isAside }) => !isAside);
  return { ...page, blocks: left >= outside * LEAST_MAIN_SHARE ? withoutLists : blocks };
}

function sizeOf(blocks: readonly HtmlBlock[], counts: (block: HtmlBlock) => boolean): number {
  let size = 0;
  for (const block of blocks) if (counts(block)) size += block.text.length;
  return size;
}

/** Runs of blocks that are links and nothing else become asides, headings among them too. */
function withoutLinkLists(blocks: readonly HtmlBlock[]): readonly HtmlBlock[] {
  const isAside = blocks.map((block) => block.isAside);
  let start = 0;
  for (let index = 0; index <= blocks.length; index++) {
    const block = blocks[index];
    if (block !== undefined && isLinks(block)) continue;
    const run = blocks.slice(start, index);
    if (run.length >= LEAST_RUN && sizeOf(run, () => true) <= run.length * LONGEST_LABEL)
      isAside.fill(true, start, index);
    start = index + 1;
  }
  return blocks.map((block, index) => (isAside[index] === true ? { ...block, isAside: true } : block));
}

function isLinks({ kind, linkChars, text }: HtmlBlock): boolean {
  return kind !== 'code' && kind !== 'heading' && kind !== 'row' && linkChars >= (text.length - 3) * LINK_SHARE;
}
