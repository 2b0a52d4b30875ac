import type { GridRow } from '../selection/grid.ts';

/** How a table is drawn: bars between cells, columns of blanks, `ls -l`, records of `name | value`, metrics. */
export type TableStyle = 'framed' | 'columns' | 'listing' | 'expanded' | 'metrics';

/** A table among the lines of a text. */
export interface TextTable {
  readonly style: TableStyle;
  readonly columns: readonly string[];
  /** Lines that name the columns or frame the rows, counted from 0. */
  readonly frame: readonly number[];
  readonly rows: readonly GridRow[];
  /** In a framed table the line that ends the header. */
  readonly rule?: number;
}

export interface FoundTable {
  /** `undefined` when what began like a table was none. */
  readonly table: TextTable | undefined;
  /** The line behind the last that was read. */
  readonly end: number;
}

/** A table that begins at a line; `undefined` when a few lines were enough to see that there is none. */
export type TableFinder = (lines: readonly string[], start: number) => FoundTable | undefined;

/** Fewer rows are not worth being called a table. */
export const FEWEST_TABLE_ROWS = 3;

/** A line without what ends it on some systems. */
export function bare(line: string | undefined): string {
  if (line === undefined) return '';
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
