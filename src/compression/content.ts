import type { CsvDialect, CsvRecord } from './csv/parse-csv.ts';
import type { JsonNode } from './json/parse-json.ts';
import type { TextTable } from './table/text-table.ts';

/** What a tool result can turn out to be. Detection parses before it believes. */
export const CONTENT_KINDS = ['json', 'csv', 'table', 'log', 'text'] as const;
export type ContentKind = (typeof CONTENT_KINDS)[number];

export interface JsonContent {
  readonly kind: 'json';
  readonly text: string;
  readonly json: JsonNode;
}

export interface LogContent {
  readonly kind: 'log';
  readonly text: string;
  /** The text split at `\n`: a carriage return stays with its line, a trailing newline leaves an empty last line. */
  readonly lines: readonly string[];
}

export interface CsvContent {
  readonly kind: 'csv';
  readonly text: string;
  /** The text split at `\n`: a carriage return stays with its line, a trailing newline leaves an empty last line. */
  readonly lines: readonly string[];
  readonly dialect: CsvDialect;
  /** All of them, in order, the header and those of another length among them. */
  readonly records: readonly CsvRecord[];
  /** How many cells a regular record has. */
  readonly columnCount: number;
  /** Whether the first regular record names the columns. */
  readonly hasHeader: boolean;
}

export interface TableContent {
  readonly kind: 'table';
  readonly text: string;
  /** The text split at `\n`: a carriage return stays with its line, a trailing newline leaves an empty last line. */
  readonly lines: readonly string[];
  /** In order. Other lines may stand before, between and behind them. */
  readonly tables: readonly TextTable[];
}

export interface PlainContent {
  readonly kind: 'text';
  readonly text: string;
}

interface ContentByKind {
  readonly json: JsonContent;
  readonly csv: CsvContent;
  readonly table: TableContent;
  readonly log: LogContent;
  readonly text: PlainContent;
}

export type ContentOf<Kind extends ContentKind> = ContentByKind[Kind];
export type Content = ContentOf<ContentKind>;
