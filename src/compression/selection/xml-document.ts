import type { XmlContent } from '../content.ts';
import type { XmlElement } from '../markup/xml-elements.ts';
import type { Selected, SelectionRequest, SelectionStrategy } from '../strategy.ts';
import { countLines } from './count-lines.ts';
import { chooseBlocks } from './document-choice.ts';
import { documentText } from './document-text.ts';
import { xmlBlocks } from './xml-blocks.ts';
import { reportText } from './xml-report-text.ts';
import { testReport } from './xml-report.ts';

const MOST_NAMES = 12;

/**
 * Leaves out the tags of an XML document and what matters least in it. A report of tests becomes its totals and its
 * failures; any other document its structure, and the records that begin it or that the query asks for.
 */
export const xmlDocument: SelectionStrategy<'xml'> = { name: 'xml-document', kinds: ['xml'], select };

function select({ text: source, elements }: XmlContent, request: SelectionRequest): Selected {
  const { query, budgetTokens, retrievalId } = request;
  const total = countLines(source);
  const report = testReport(elements);
  const how =
    retrievalId === undefined
      ? ''
      : ` To read the source call headroom_retrieve with id "${retrievalId}" and lines "1-${total}" or a part of them.`;
  let text: string;
  if (report === undefined) {
    const blocks = xmlBlocks(elements);
    const kept = chooseBlocks(blocks, { query, budgetTokens });
    const what = `Parts of an XML document of ${total} lines: ${namesOf(elements)}. Tags are left out, and where "[...]" or line numbers stand, elements.`;
    text = `[${what}${how}]\n\n${documentText(blocks, kept)}`;
  } else {
    const what = `What an XML test report of ${total} lines says; tags, the names of most cases that passed and what they printed are left out.`;
    text = `[${what}${how}]\n\n${reportText(report, { query, budgetTokens })}`;
  }
  return { text, unit: 'lines', total, leftOut: [{ first: 1, last: total }] };
}

/** `item 40, title 41, link 41`. */
function namesOf(elements: readonly XmlElement[]): string {
  const counts = new Map<string, number>();
  for (const { name } of elements) counts.set(name, (counts.get(name) ?? 0) + 1);
  const most = [...counts].toSorted((one, other) => other[1] - one[1]).slice(0, MOST_NAMES);
  return most.map(([name, count]) => `${name} ${count}`).join(', ');
}
