import type { HtmlContent } from '../content.ts';
import { estimateTokens } from '../strategies/lines/estimate-tokens.ts';
import type { Selected, SelectionRequest, SelectionStrategy } from '../strategy.ts';
import { countLines } from './count-lines.ts';
import type { DocumentBlock } from './document-block.ts';
import { answersOf, chooseBlocks } from './document-choice.ts';
import { documentText } from './document-text.ts';
import { htmlBlocks } from './html-blocks.ts';
import type { HtmlPage } from './html-blocks.ts';
import { withoutBoilerplate } from './html-content.ts';

/** A page whose text is no larger than this many budgets is not cut. */
const WHOLE_BUDGETS = 2.2;
/** The budget is a part of the page; what is left of that without its tags is worth more. */
const CUT_BUDGETS = 1.8;
/** Addresses that add no more than this part to the text stay. */
const FEW_ADDRESSES_SHARE = 0.1;
const ASKS_FOR_LINKS =
  /\b(?:url|urls|uri|link|links|linked|href|hrefs|address|website|webpage|download|downloads|click)\b/i;

/**
 * Leaves out the tags, scripts, styles and navigation of a page: its text stays, as Markdown. Where that is far over
 * the budget, sections are cut too. The page itself is what the id stands for.
 */
export const htmlPage: SelectionStrategy<'html'> = { name: 'html-page', kinds: ['html'], select };

function select({ text: source }: HtmlContent, request: SelectionRequest): Selected | undefined {
  const { query, budgetTokens, retrievalId } = request;
  if (readsSourceFile(query)) return undefined;
  const total = countLines(source);
  const page = withoutBoilerplate(htmlBlocks(source));
  const content = page.blocks.filter(({ isAside }) => !isAside);
  if (page.blocks.length === 0) return undefined;
  const plainChars = content.reduce((sum, { text }) => sum + text.length, 0);
  const linkedChars = content.reduce((sum, { linkedText }) => sum + linkedText.length, 0);
  const isLinked = ASKS_FOR_LINKS.test(query) || linkedChars <= plainChars * (1 + FEW_ADDRESSES_SHARE);
  const blocks = page.blocks.map((block) => (isLinked ? { ...block, text: block.linkedText } : block));

  const contentTokens = content.reduce((sum, { text }) => sum + estimateTokens(text) + 1, 0);
  const isWhole = contentTokens <= budgetTokens * WHOLE_BUDGETS;
  const kept = isWhole
    ? withAnswers(blocks, query)
    : chooseBlocks(blocks, { query, budgetTokens: budgetTokens * CUT_BUDGETS });
  const body = documentText(blocks, kept);
  return {
    text: [noticeOf({ total, isWhole, isLinked, retrievalId }), headOf(page), body]
      .filter((part) => part !== '')
      .join('\n\n'),
    unit: 'lines',
    total,
    leftOut: [{ first: 1, last: total }],
  };
}

/** Whether the call read a file of the caller's own: there the tags are what it is about. */
function readsSourceFile(query: string): boolean {
  const read = SOURCE_FILE.exec(query);
  return read !== null && !read[0].includes('://');
}

const SOURCE_FILE =
  /"(?:path|file|file_?name|file_?path|command|cmd)"\s{0,4}:\s{0,4}"[^"\n]{0,400}\.(?:html?|xhtml|vue|svelte|hbs|ejs|erb|jsp|php|njk)\b/i;

/** The whole content, and of what stands beside it what the query asks for. */
function withAnswers(blocks: readonly DocumentBlock[], query: string): readonly (string | undefined)[] {
  const { sure } = answersOf(blocks, query);
  return blocks.map(({ text, isAside }, index) => (isAside && !sure.includes(index) ? undefined : text));
}

function noticeOf(facts: {
  readonly total: number;
  readonly isWhole: boolean;
  readonly isLinked: boolean;
  readonly retrievalId: string | undefined;
}): string {
  const { total, isWhole, isLinked, retrievalId } = facts;
  const what = isWhole
    ? `The text of an HTML page of ${total} lines; tags, scripts, navigation${isLinked ? '' : ', link addresses'} left out.`
    : `Parts of the text of an HTML page of ${total} lines; tags, scripts, navigation${isLinked ? '' : ', link addresses'} left out, and where "[...]" or line numbers stand, parts of the text.`;
  const how =
    retrievalId === undefined
      ? ''
      : ` To read the source call headroom_retrieve with id "${retrievalId}" and lines "1-${total}" or a part of them.`;
  return `[${what}${how}]`;
}

function headOf({ title, about, blocks }: HtmlPage): string {
  const isRepeated = blocks.some(
    ({ kind, isAside, text }) => kind === 'heading' && !isAside && text.replace(/^#+ /, '') === title,
  );
  const lines = title === '' || isRepeated ? [] : [`# ${title}`];
  return [...lines, ...about].join('\n');
}
