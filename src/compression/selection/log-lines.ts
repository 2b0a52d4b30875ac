import type { ContentOf } from '../content.ts';
import { notice } from '../notice.ts';
import type { Selected, SelectionRequest, SelectionStrategy } from '../strategy.ts';
import { fillSmallGaps, linesOf, rangesLeftOut } from './kept-lines.ts';
import { chooseLines } from './log-choice.ts';
import type { LogReading } from './log-reading.ts';
import { HOLE } from './log-line-shape.ts';
import { isMachineMade } from './machine-made.ts';
import { tallyOf } from './line-tallies.ts';

const FEWEST_LINES = 25;
/** What the notice speaks of: so many kinds of lines that went. */
const KINDS_IN_NOTICE = 3;
const LONGEST_KIND = 90;

/**
 * Leaves out lines of a log. The lines that stay are the source's own, in order, each behind its number and a tab, so
 * that two that were apart never look like neighbours. Of every kind of failure one stays, with how often and until
 * which line it came; first and last lines, sums, rare lines and what the query asks for stay too.
 */
export const logLines: SelectionStrategy<'log' | 'text'> = { name: 'log-lines', kinds: ['log', 'text'], select };

function select(content: ContentOf<'log' | 'text'>, request: SelectionRequest): Selected | undefined {
  const lines = linesOf('lines' in content ? content.lines : content.text.split('\n'));
  if (lines.length < FEWEST_LINES || (content.kind === 'text' && !isMachineMade(lines))) return undefined;
  const { kept, reading, clusters, notes } = chooseLines(lines, request);
  fillSmallGaps(lines, kept);
  const leftOut = rangesLeftOut(kept);
  if (leftOut.length === 0) return undefined;

  const shown = [
    notice({
      unit: 'lines',
      total: lines.length,
      ranges: leftOut,
      retrievalId: request.retrievalId,
      summary: summaryOf(kept, reading),
    }),
  ];
  for (let index = 0; index < lines.length; index++) {
    if (kept[index] !== 1) continue;
    shown.push(`${index + 1}\t${lines[index] ?? ''}`);
    const note = notes.get(index);
    if (note !== undefined) shown.push(note);
    const cluster = clusters.get(index);
    const hidden = cluster?.filter((member) => kept[member] !== 1) ?? [];
    const last = hidden.at(-1);
    if (last === undefined) continue;
    shown.push(
      `[${hidden.length} more like line ${index + 1}, ${hidden.length === 1 ? 'on' : 'the last on'} line ${last + 1}]`,
    );
  }
  return { text: shown.join('\n'), unit: 'lines', total: lines.length, leftOut };
}

/** `12 passed (a.test.ts 9, b.test.ts 3); 310 like "INFO worker <*> done", 99 others; the lines that stay follow ...`. */
function summaryOf(kept: Uint8Array, { shapes, bodies, results }: LogReading): string {
  const told = tallyOf(bodies, (index) => kept[index] !== 1);
  const counts = new Map<string, number>();
  let total = 0;
  for (const [index, shape] of shapes.entries()) {
    if (kept[index] === 1 || (told.length > 0 && results[index] !== undefined)) continue;
    total++;
    if (shape !== '') counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  const most = [...counts].toSorted((one, other) => other[1] - one[1]).slice(0, KINDS_IN_NOTICE);
  const kinds = most.filter(([, count]) => count > 1).map(([shape, count]) => `${count} like "${clip(shape)}"`);
  const named = most.reduce((sum, [, count]) => sum + (count > 1 ? count : 0), 0);
  if (named > 0 && named < total) kinds.push(`${total - named} others`);
  const parts = [...told, kinds.join(', '), 'the lines that stay follow, each behind its number'];
  return parts.filter((part) => part !== '').join('; ');
}

/** The tail of a shape says more than the time and host at its head. */
function clip(shape: string): string {
  const short = shape.replace(/<\*>(?:[ :/.,+-]{1,2}<\*>)+/g, HOLE);
  return short.length <= LONGEST_KIND ? short : `...${short.slice(-LONGEST_KIND)}`;
}
