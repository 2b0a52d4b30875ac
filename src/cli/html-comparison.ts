import type { SourceRange } from '../compression/strategy.ts';
import type { AfterLine, BeforePiece, ComparedRow, Comparison } from './comparison.ts';
import { escapeHtml } from './escape-html.ts';
import { formatRange } from './explain-decision.ts';
import { countOf } from './number-format.ts';

export interface HtmlComparisonOptions {
  /** Number of the result, for names of regions. */
  readonly number: number;
  /** Headings of the two sides, plain text. */
  readonly titles: readonly [before: string, after: string];
  /** Lines of each text that are shown. */
  readonly mostLines: number;
}

/** One text is at most so long in a page that is cut. */
const MOST_CHARACTERS_PER_LINE = 200;

/** Two texts side by side as HTML: what was left out is marked and can be opened, notices stand out. */
export function htmlComparison(comparison: Comparison, options: HtmlComparisonOptions): string {
  if (comparison.layout === 'aligned') return alignedTable(comparison, options);
  if (comparison.layout === 'columns') return twoPanes(comparison, options);
  const { number, titles, mostLines } = options;
  return `<div class="panes">${textPane({ number, title: titles[0], lines: comparison.before, leftOut: [], mostLines })}</div>`;
}

function alignedTable(
  { rows, unit, units }: Extract<Comparison, { layout: 'aligned' }>,
  { number, titles, mostLines }: HtmlComparisonOptions,
): string {
  const budget = new Budget(mostLines);
  const written: string[] = [];
  for (const row of rows) {
    if (budget.isSpent) break;
    written.push(tableRow(row, { unit, units, budget }));
  }
  const rest = rows.length - written.length;
  const more = rest === 0 ? '' : `<p class="more">${countOf(rest, 'line')} more: --full shows them.</p>`;
  return `<div class="panes scroll" role="region" tabindex="0" aria-label="Result ${number}, before and after">
<table class="aligned">
<colgroup><col class="number"><col><col class="after"></colgroup>
<thead><tr><th scope="col" colspan="2">${escapeHtml(titles[0])}</th><th scope="col">${escapeHtml(titles[1])}</th></tr></thead>
<tbody>
${written.join('\n')}
</tbody>
</table>
</div>${more}`;
}

interface RowContext {
  readonly unit: 'rows' | 'lines';
  readonly units: readonly string[];
  readonly budget: Budget;
}

function tableRow({ before, after }: ComparedRow, context: RowContext): string {
  const left = before === undefined ? '<td></td><td></td>' : beforeCells(before, context);
  const right = after === undefined ? '<td></td>' : `<td>${afterLine(after, context.budget)}</td>`;
  return `<tr>${left}${right}</tr>`;
}

function beforeCells(piece: BeforePiece, { unit, units, budget }: RowContext): string {
  if (piece.type === 'around') return `<td></td><td><code>${escapeHtml(budget.take(piece.text))}</code></td>`;
  if (piece.type === 'unit') {
    return `<td class="number">${piece.number}</td><td><code>${escapeHtml(budget.take(piece.text))}</code></td>`;
  }
  const { first, last } = piece.range;
  const gone = budget.takeLines(units.slice(first - 1, last));
  const missing = last - first + 1 - gone.length;
  const rest = missing === 0 ? '' : `\n… ${countOf(missing, unit.slice(0, -1))} more: --full shows them`;
  const summary = `${countOf(last - first + 1, unit.slice(0, -1))} left out: ${formatRange(piece.range)}`;
  return `<td></td><td><details class="gone"><summary>${summary}</summary><pre><code>${escapeHtml(gone.join('\n'))}${rest}</code></pre></details></td>`;
}

function afterLine({ text, isNotice }: AfterLine, budget: Budget): string {
  const escaped = escapeHtml(budget.take(text));
  return isNotice ? `<mark>${escaped}</mark>` : `<code>${escaped}</code>`;
}

function twoPanes(
  { before, leftOut, after }: Extract<Comparison, { layout: 'columns' }>,
  { number, titles, mostLines }: HtmlComparisonOptions,
): string {
  const shown = new Budget(mostLines).takeLines(after.map(({ text }) => text));
  const text = shown
    .map((line, index) => (after[index]?.isNotice === true ? `<mark>${escapeHtml(line)}</mark>` : escapeHtml(line)))
    .join('\n');
  return `<div class="panes two">
${textPane({ number, title: titles[0], lines: before, leftOut, mostLines })}
${pane({ number, title: titles[1], text, rest: after.length - shown.length })}
</div>`;
}

interface TextPane {
  readonly number: number;
  readonly title: string;
  readonly lines: readonly string[];
  readonly leftOut: readonly SourceRange[];
  readonly mostLines: number;
}

function textPane({ number, title, lines, leftOut, mostLines }: TextPane): string {
  const shown = new Budget(mostLines).takeLines(lines);
  return pane({ number, title, text: markRanges(shown, leftOut), rest: lines.length - shown.length });
}

interface Pane {
  readonly number: number;
  readonly title: string;
  /** HTML. */
  readonly text: string;
  /** Lines that are not in it. */
  readonly rest: number;
}

function pane({ number, title, text, rest }: Pane): string {
  const more = rest === 0 ? '' : `<p class="more">${countOf(rest, 'line')} more: --full shows them.</p>`;
  // A newline directly behind the tag is no part of the text: this one keeps the text's own.
  return `<figure><figcaption>${escapeHtml(title)}</figcaption><pre class="scroll" role="region" tabindex="0" aria-label="Result ${number}, ${escapeHtml(title)}">
<code>${text}</code></pre>${more}</figure>`;
}

/** The lines with what was left out marked. */
function markRanges(lines: readonly string[], ranges: readonly SourceRange[]): string {
  const parts: string[] = [];
  let next = 1;
  for (const { first, last } of ranges) {
    if (first > lines.length) break;
    if (first > next) parts.push(escapeHtml(lines.slice(next - 1, first - 1).join('\n')));
    parts.push(`<del>${escapeHtml(lines.slice(first - 1, last).join('\n'))}</del>`);
    next = last + 1;
  }
  if (next <= lines.length) parts.push(escapeHtml(lines.slice(next - 1).join('\n')));
  return parts.join('\n');
}

/** How much of a text still fits in the page. */
class Budget {
  #lines: number;
  #characters: number;

  constructor(lines: number) {
    this.#lines = lines;
    this.#characters = lines * MOST_CHARACTERS_PER_LINE;
  }

  get isSpent(): boolean {
    return this.#lines <= 0 || this.#characters <= 0;
  }

  /** The text, or its head and a sign where it does not fit. */
  take(text: string): string {
    const taken = text.length <= this.#characters ? text : `${text.slice(0, Math.max(0, this.#characters))}…`;
    this.#lines -= 1;
    this.#characters -= text.length;
    return taken;
  }

  takeLines(lines: readonly string[]): readonly string[] {
    const taken: string[] = [];
    for (const line of lines) {
      if (this.isSpent) break;
      taken.push(this.take(line));
    }
    return taken;
  }
}
