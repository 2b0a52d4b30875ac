import type { InspectedResult, Inspection } from './inspect-conversation.ts';
import { formatCount, formatSaved } from './number-format.ts';
import { paint, type Ink, type Screen } from './screen.ts';
import { fitText, textWidth } from './text-width.ts';
import { visibleText } from './visible-text.ts';

interface Column {
  readonly title: string;
  readonly align: 'start' | 'end';
  /** Columns of the screen that it takes at most; numbers are never cut. */
  readonly most?: number;
  /** Narrower screens do without it. */
  readonly fromColumns: number;
  /** What stands between it and the column before. */
  readonly gap?: string;
  readonly cell: (result: InspectedResult) => string;
}

const GAP = '  ';
const ARROW = ' → ';

const COLUMNS: readonly Column[] = [
  { title: '#', align: 'end', fromColumns: 0, cell: ({ number }) => String(number) },
  { title: 'tool', align: 'start', most: 28, fromColumns: 0, cell: ({ decision }) => nameOfTool(decision) },
  { title: 'kind', align: 'start', fromColumns: 72, cell: ({ decision }) => decision.contentKind },
  { title: 'strategy', align: 'start', fromColumns: 60, cell: ({ decision }) => decision.strategy },
  { title: 'reason', align: 'start', fromColumns: 92, cell: ({ decision }) => decision.reason },
  { title: 'before', align: 'end', fromColumns: 0, cell: ({ decision }) => formatCount(decision.tokensBefore) },
  {
    title: 'after',
    align: 'end',
    gap: ARROW,
    fromColumns: 0,
    cell: ({ decision }) => formatCount(decision.tokensAfter),
  },
  {
    title: 'saved',
    align: 'end',
    fromColumns: 0,
    cell: ({ decision }) => formatSaved(decision.tokensBefore, decision.tokensAfter),
  },
];

/** One line per tool result: what it is, what was done with it and why, and its tokens before and after. */
export function* decisionTable({ results, metrics }: Inspection, screen: Screen): Generator<string> {
  const columns = COLUMNS.filter(({ fromColumns }) => screen.columns >= fromColumns);
  const totals = columns.map(({ title }) => TOTALS[title]?.(metrics) ?? '');
  const rows = results.map((result) => columns.map(({ cell }) => visibleText(cell(result))));
  const widths = widthsOf(columns, [columns.map(({ title }) => title), ...rows, totals], screen.columns);
  const line = (cells: readonly string[], ink: Ink | undefined): string =>
    paint(screen, ink, joinCells(columns, cells, widths));

  yield line(
    columns.map(({ title }) => title),
    'quiet',
  );
  for (const [index, result] of results.entries()) {
    const mark = result.restoration === 'failed' ? paint(screen, 'bad', '  DOES NOT COME BACK') : '';
    yield line(rows[index] ?? [], inkOf(result)) + mark;
  }
  if (results.length > 1) yield line(totals, 'heading');
}

const TOTALS: Readonly<Record<string, (metrics: Inspection['metrics']) => string>> = {
  tool: () => 'total',
  before: ({ tokensBefore }) => formatCount(tokensBefore),
  after: ({ tokensAfter }) => formatCount(tokensAfter),
  saved: ({ tokensBefore, tokensAfter }) => formatSaved(tokensBefore, tokensAfter),
};

/** The name that its message or its call gave, or a dash. */
export function nameOfTool({ toolName }: { readonly toolName?: string | undefined }): string {
  return toolName ?? '-';
}

function inkOf({ decision: { reason }, restoration }: InspectedResult): Ink | undefined {
  if (restoration === 'failed' || reason === 'fault' || reason === 'store-failed') return 'bad';
  return reason === 'compressed' ? 'good' : undefined;
}

function joinCells(columns: readonly Column[], cells: readonly string[], widths: readonly number[]): string {
  const fitted = columns.map(({ align, gap = GAP }, index) => {
    const fill = align === 'end' ? 'start' : 'end';
    return `${index === 0 ? '' : gap}${fitText(cells[index] ?? '', widths[index] ?? 0, fill)}`;
  });
  return fitted.join('').trimEnd();
}

/** As wide as what stands in it; what is cut, where the screen is too narrow for all, is the name of the tool. */
function widthsOf(
  columns: readonly Column[],
  lines: readonly (readonly string[])[],
  screenColumns: number,
): readonly number[] {
  const widths = columns.map(({ most = Infinity }, index) =>
    Math.min(
      most,
      lines.reduce((widest, cells) => Math.max(widest, textWidth(cells[index] ?? '')), 0),
    ),
  );
  const gaps = columns.slice(1).reduce((sum, { gap = GAP }) => sum + gap.length, 0);
  const excess = widths.reduce((sum, width) => sum + width, gaps) - screenColumns;
  return widths.map((width, index) =>
    columns[index]?.most === undefined ? width : Math.max(4, width - Math.max(0, excess)),
  );
}
