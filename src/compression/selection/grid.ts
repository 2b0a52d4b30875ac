/** One row of a table in a text: the lines that it takes, from 0, and what its cells say. */
export interface GridRow {
  readonly firstLine: number;
  readonly lastLine: number;
  /** One per column, without quotes and padding. */
  readonly values: readonly string[];
  /** The line that says what the row belongs to, such as the name of a folder above a listing of it. */
  readonly heading?: number | undefined;
}

/** A table as it stands in the lines of a text. */
export interface Grid {
  /** Names of the columns; numbers where the text names none. */
  readonly columns: readonly string[];
  readonly rows: readonly GridRow[];
}
