import type { MarkdownContent } from '../content.ts';
import { notice } from '../notice.ts';
import { estimateTokens } from '../strategies/lines/estimate-tokens.ts';
import type { Selected, SelectionRequest, SelectionStrategy, SourceRange } from '../strategy.ts';
import { chooseBlocks } from './document-choice.ts';
import { documentText } from './document-text.ts';
import { markdownBlocks } from './markdown-blocks.ts';

const FEWEST_LINES = 12;
/** Prose says something with every line: a short text stays whole, and a longer one keeps more than other content. */
const LEAST_TOKENS = 1_200;
const BUDGETS = 1.4;
const LEAST_SHARE = 0.35;
const MOST_SHARED_TOKENS = 1_200;

/**
 * Leaves out sections and paragraphs of a document. Its outline stays, with the lines of each section, and so do how
 * it begins, its newest entry where it is a change log, and what the query asks for.
 */
export const proseSections: SelectionStrategy<'markdown'> = { name: 'prose-sections', kinds: ['markdown'], select };

function select({ text, lines: source }: MarkdownContent, request: SelectionRequest): Selected | undefined {
  const { query, budgetTokens, retrievalId } = request;
  const total = source.at(-1) === '' ? source.length - 1 : source.length;
  const tokens = estimateTokens(text);
  if (total < FEWEST_LINES || tokens < LEAST_TOKENS) return undefined;
  const blocks = markdownBlocks(source.slice(0, total));
  const budget = Math.max(budgetTokens * BUDGETS, Math.min(MOST_SHARED_TOKENS, tokens * LEAST_SHARE));
  const kept = chooseBlocks(blocks, { query, budgetTokens: budget });
  const whole = new Uint8Array(total + 1);
  for (const [index, { first, last, text }] of blocks.entries()) {
    if (kept[index] === text) whole.fill(1, first, last + 1);
  }
  const ranges = rangesLeftOut(whole, source);
  if (ranges.length === 0) return undefined;
  const summary =
    'the outline and parts of the text follow; behind the heading of a section that is not whole stand its lines, "[...]" is a gap';
  const head = notice({ unit: 'lines', total, ranges, retrievalId, summary });
  return { text: `${head}\n\n${documentText(blocks, kept)}`, unit: 'lines', total, leftOut: ranges };
}

/** Lines of blocks that are not whole; empty lines between two of those go with them. */
function rangesLeftOut(whole: Uint8Array, lines: readonly string[]): SourceRange[] {
  const ranges: SourceRange[] = [];
  for (let number = 1; number < whole.length; number++) {
    if (whole[number] === 1 || (lines[number - 1] ?? '').trim() === '') continue;
    const first = number;
    let last = number;
    while (number + 1 < whole.length && whole[number + 1] !== 1) {
      number++;
      if ((lines[number - 1] ?? '').trim() !== '') last = number;
    }
    ranges.push({ first, last });
  }
  return ranges;
}
