import type { CompressionDecision } from 'headroom-hooks';
import { cut, formatCount, formatSaved, paint, type Screen } from './screen.ts';

interface Column {
  readonly title: string;
  readonly width: number;
  readonly align: 'left' | 'right';
  /** Screens with fewer columns do without it. */
  readonly fromColumns: number;
  readonly cell: (decision: CompressionDecision) => string;
}

const BAR_WIDTH = 16;

const COLUMNS: readonly Column[] = [
  { title: 'tool result', width: 17, align: 'left', fromColumns: 0, cell: ({ toolName = 'unknown' }) => toolName },
  { title: 'kind', width: 6, align: 'left', fromColumns: 80, cell: ({ contentKind }) => contentKind },
  { title: 'how', width: 21, align: 'left', fromColumns: 72, cell: describeHow },
  { title: 'before', width: 7, align: 'right', fromColumns: 0, cell: ({ tokensBefore }) => formatCount(tokensBefore) },
  { title: 'after', width: 7, align: 'right', fromColumns: 0, cell: ({ tokensAfter }) => formatCount(tokensAfter) },
  {
    title: 'saved',
    width: 7,
    align: 'right',
    fromColumns: 48,
    cell: ({ tokensBefore, tokensAfter }) => formatSaved(tokensBefore, tokensAfter),
  },
  { title: '', width: BAR_WIDTH, align: 'left', fromColumns: 100, cell: drawBar },
];

const INDENT = '    ';
const GAP = '  ';

/** The titles of the columns that fit. */
export function formatTitles(screen: Screen): string {
  return (
    paint(
      screen,
      'quiet',
      formatLine(screen, ({ title }) => title),
    ) + '\n'
  );
}

/** One tool result: what it is, what was done with it or why nothing was, and its tokens before and after. */
export function formatResult(screen: Screen, decision: CompressionDecision): string {
  const line = formatLine(screen, ({ cell }) => cell(decision));
  return paint(screen, decision.reason === 'compressed' ? 'good' : 'quiet', line) + '\n';
}

function formatLine(screen: Screen, text: (column: Column) => string): string {
  const cells = COLUMNS.filter(({ fromColumns }) => screen.columns >= fromColumns).map((column) => {
    const shown = cut(text(column), column.width);
    return column.align === 'left' ? shown.padEnd(column.width) : shown.padStart(column.width);
  });
  return (INDENT + cells.join(GAP)).trimEnd();
}

/** The strategy, or why the result went through as it was. */
function describeHow({ reason, strategy }: CompressionDecision): string {
  return reason === 'compressed' ? strategy : `as is: ${reason.replaceAll('-', ' ')}`;
}

/** What is left of the result, drawn to scale. */
function drawBar({ tokensBefore, tokensAfter }: CompressionDecision): string {
  const left = tokensBefore === 0 ? BAR_WIDTH : Math.round((BAR_WIDTH * tokensAfter) / tokensBefore);
  return '█'.repeat(left) + '░'.repeat(Math.max(0, BAR_WIDTH - left));
}
