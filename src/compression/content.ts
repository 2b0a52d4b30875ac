import type { CodeLanguage } from './code/code-language.ts';
import type { SourceLines } from './code/source-lines.ts';
import type { CommitLine } from './code-tools/commit-lines.ts';
import type { DiffLine } from './code-tools/diff-lines.ts';
import type { ListingEntry } from './code-tools/listing-entries.ts';
import type { SearchLine } from './code-tools/search-lines.ts';
import type { CsvDialect, CsvRecord } from './csv/parse-csv.ts';
import type { Envelope } from './envelopes/envelope.ts';
import type { JsonLines } from './json-lines/json-lines.ts';
import type { JsonNode } from './json/parse-json.ts';
import type { XmlElement } from './markup/xml-elements.ts';
import type { TextTable } from './table/text-table.ts';

/** What a tool result can turn out to be. Detection parses before it believes. */
export const CONTENT_KINDS = [
  'json',
  'json-lines',
  'envelope',
  'html',
  'xml',
  'diff',
  'search',
  'commits',
  'csv',
  'table',
  'listing',
  'log',
  'config',
  'code',
  'markdown',
  'text',
] as const;
export type ContentKind = (typeof CONTENT_KINDS)[number];

export interface JsonContent {
  readonly kind: 'json';
  readonly text: string;
  readonly json: JsonNode;
}

/** Many JSON documents in one text. */
export interface JsonLinesContent {
  readonly kind: 'json-lines';
  readonly text: string;
  readonly documents: JsonLines;
  /** What the text is when nobody looks into its lines. */
  readonly whole: Content;
}

/** A text that carries others inside: the output of a command in JSON, files in a row, JSON in a string. */
export interface EnvelopeContent {
  readonly kind: 'envelope';
  readonly text: string;
  readonly envelope: Envelope;
  /** What the text is when it is not opened. */
  readonly whole: Content;
}

export interface HtmlContent {
  readonly kind: 'html';
  readonly text: string;
}

export interface XmlContent {
  readonly kind: 'xml';
  readonly text: string;
  /** In the order of their beginnings. */
  readonly elements: readonly XmlElement[];
}

/** A text of which every line counts. */
interface LinesContent<Kind extends string> {
  readonly kind: Kind;
  readonly text: string;
  /** The text split at `\n`: a carriage return stays with its line, a trailing newline leaves an empty last line. */
  readonly lines: readonly string[];
}

/** Lines that a machine wrote one after another. */
export type LogContent = LinesContent<'log'>;

/** Markdown, reStructuredText, or prose: a document for a reader. */
export type MarkdownContent = LinesContent<'markdown'>;

/** YAML, TOML, INI, properties, and lock files in these. */
export type ConfigContent = LinesContent<'config'>;

/** Source code: a file, or a part of one. */
export interface CodeContent extends LinesContent<'code'> {
  readonly source: SourceLines;
  /** What it may be written in, the likeliest first. */
  readonly languages: readonly CodeLanguage[];
}

/** Hits of a search in files: `grep -n`, `rg`, symbol indexes. */
export interface SearchContent extends LinesContent<'search'> {
  /** What each line is, in the order of `lines`. */
  readonly found: readonly SearchLine[];
}

/** A unified diff, with or without the commits that it belongs to. */
export interface DiffContent extends LinesContent<'diff'> {
  /** What each line is, in the order of `lines`. */
  readonly parts: readonly DiffLine[];
}

/** The history of a repository without its patches: `git log`, in one line a commit or in many. */
export interface CommitsContent extends LinesContent<'commits'> {
  /** What each line is, in the order of `lines`. */
  readonly parts: readonly CommitLine[];
}

/** Names of files and directories: paths, trees, long listings. */
export interface ListingContent extends LinesContent<'listing'> {
  /** What each line names, in the order of `lines`; `undefined` for a line that names nothing. */
  readonly entries: readonly (ListingEntry | undefined)[];
}

/** Values separated by commas, tabs, semicolons or bars. */
export interface CsvContent extends LinesContent<'csv'> {
  readonly dialect: CsvDialect;
  /** All of them, in order, the header and those of another length among them. */
  readonly records: readonly CsvRecord[];
  /** How many cells a regular record has. */
  readonly columnCount: number;
  /** Whether the first regular record names the columns. */
  readonly hasHeader: boolean;
}

/** Tables whose columns are aligned or framed. */
export interface TableContent extends LinesContent<'table'> {
  /** In order. Other lines may stand before, between and behind them. */
  readonly tables: readonly TextTable[];
}

export interface PlainContent {
  readonly kind: 'text';
  readonly text: string;
}

interface ContentByKind {
  readonly json: JsonContent;
  readonly 'json-lines': JsonLinesContent;
  readonly envelope: EnvelopeContent;
  readonly html: HtmlContent;
  readonly xml: XmlContent;
  readonly diff: DiffContent;
  readonly search: SearchContent;
  readonly commits: CommitsContent;
  readonly csv: CsvContent;
  readonly table: TableContent;
  readonly listing: ListingContent;
  readonly log: LogContent;
  readonly config: ConfigContent;
  readonly code: CodeContent;
  readonly markdown: MarkdownContent;
  readonly text: PlainContent;
}

export type ContentOf<Kind extends ContentKind> = ContentByKind[Kind];
export type Content = ContentOf<ContentKind>;

/** Whether a text is one JSON document, whose white space says nothing. */
export function isJsonText(content: Content): boolean {
  return content.kind === 'json' || (content.kind === 'envelope' && content.whole.kind === 'json');
}
