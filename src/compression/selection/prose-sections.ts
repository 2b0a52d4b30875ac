import type { MarkdownContent } from '../content.ts';
import { notice } from '../notice.ts';
import type { Selected, SelectionRequest, SelectionStrategy, SourceRange } from '../strategy.ts';
import { chooseBlocks } from './document-choice.ts';
import { documentText } from './document-text.ts';
import { markdownBlocks } from './markdown-blocks.ts';

const FEWEST_LINES = 12;
/** Prose pays for what it is cut to with what it means: it gets more than other content. */
const BUDGETS = 1.4;

/**
 * Leaves out sections and paragraphs of a document. Its outline stays, with the lines of each section, and so do how
 * it begins, its newest entry where it is a change log, and what the query asks for.
 */
export const proseSections: SelectionStrategy<'markdown'> = { name: 'prose-sections', kinds: ['markdown'], select };

function select({ lines: source }: MarkdownContent, request: SelectionRequest): Selected | undefined {
  const { query, budgetTokens, retrievalId } = request;
  const total = source.at(-1) === '' ? source.length - 1 : source.length;
  if (total < FEWEST_LINES) return undefined;
  const blocks = markdownBlocks(source.slice(0, total));
  const kept = chooseBlocks(blocks, { query, budgetTokens: budgetTokens * BUDGETS });
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
