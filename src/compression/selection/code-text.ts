import { commentLine, emptyStatement, type CodeLanguage } from '../code/code-language.ts';
import type { CodeContent } from '../content.ts';
import { formatRanges, notice } from '../notice.ts';
import type { Selected, SourceRange } from '../strategy.ts';
import type { Gap } from './code-folds.ts';

/** Of what is left out so much is told by name. */
const MOST_NAMES = 40;
const LONGEST_NAMES = 400;

/** The lines of code that stay, with a comment in place of each gap. */
export function rowsThatStay(code: readonly string[], gaps: readonly Gap[], language: CodeLanguage): string[] {
  return withGaps(code, gaps, (gap) => standIn(gap, language, 0, code));
}

/** The tool's result with a comment in place of each gap, and a notice at the end. */
export function writeOutline(
  { source: { lines, start, code, firstNumber } }: CodeContent,
  { gaps, language }: { readonly gaps: readonly Gap[]; readonly language: CodeLanguage },
  retrievalId: string | undefined,
): Selected {
  const leftOut = rangesOf(gaps, start);
  const rows = lines.slice(start, start + code.length);
  const shown = withGaps(rows, gaps, (gap) => numberSpace(rows, code, gap) + standIn(gap, language, start, code));
  const isCountedApart = firstNumber !== undefined && firstNumber !== start + 1;
  const counted = isCountedApart
    ? ', counted from the first line of this result and not by the numbers before them'
    : '';
  const words = notice({
    unit: 'lines',
    total: lines.length,
    ranges: leftOut,
    retrievalId,
    summary: `bodies and comments; where each was, a comment in the code says which lines${counted}`,
  });
  const text = [...lines.slice(0, start), ...shown, ...lines.slice(start + code.length), words].join('\n');
  return { text, unit: 'lines', total: lines.length, leftOut };
}

function withGaps(rows: readonly string[], gaps: readonly Gap[], standIn: (gap: Gap) => string): string[] {
  const shown: string[] = [];
  let next = 0;
  for (const gap of gaps) {
    shown.push(...rows.slice(next, gap.first), standIn(gap));
    next = gap.last + 1;
  }
  return [...shown, ...rows.slice(next)];
}

/** `    // lines 12-40 left out`, as far in as what it stands for. */
function standIn(gap: Gap, language: CodeLanguage, start: number, code: readonly string[]): string {
  const line = code[gap.first] ?? '';
  const [indent = ''] = /^[ \t]*/.exec(line) ?? [];
  const names = namesOf(gap.names);
  const words = `${gap.first === gap.last ? 'line' : 'lines'} ${formatRanges(rangesOf([gap], start))} left out${names === '' ? '' : `: ${names}`}`;
  const comment = gap.isWholeBlock ? emptyStatement(language, words) : commentLine(language, words);
  return `${indent}${comment}${line.endsWith('\r') ? '\r' : ''}`;
}

function namesOf(names: readonly string[]): string {
  const told: string[] = [];
  let length = 0;
  for (const name of new Set(names)) {
    if (!NAME.test(name)) continue;
    length += name.length + 2;
    if (told.length >= MOST_NAMES || length > LONGEST_NAMES) break;
    told.push(name);
  }
  const others = new Set(names).size - told.length;
  return told.length === 0 || others === 0 ? told.join(', ') : `${told.join(', ')} and ${others} more`;
}

const NAME = /^[\w$.:~@?!-]{1,80}$/;

/** As many blanks as the number before a line takes. */
function numberSpace(rows: readonly string[], code: readonly string[], { first }: Gap): string {
  const row = rows[first] ?? '';
  return row.slice(0, row.length - (code[first] ?? '').length).replace(/\d/g, ' ');
}

/** Lines of the result, counted from 1. Gaps that touch one another are one range. */
function rangesOf(gaps: readonly Gap[], start: number): SourceRange[] {
  const ranges: { first: number; last: number }[] = [];
  for (const gap of gaps) {
    const first = start + gap.first + 1;
    const last = start + gap.last + 1;
    const before = ranges.at(-1);
    if (before !== undefined && before.last + 1 === first) before.last = last;
    else ranges.push({ first, last });
  }
  return ranges;
}
