import type { CommitLine } from './code-tools/commit-lines.ts';
import type { DiffLine } from './code-tools/diff-lines.ts';
import type { ListingEntry } from './code-tools/listing-entries.ts';
import type { SearchLine } from './code-tools/search-lines.ts';
import type { JsonNode } from './json/parse-json.ts';
import type { XmlElement } from './markup/xml-elements.ts';

/** What a tool result can turn out to be. Detection parses before it believes. */
export const CONTENT_KINDS = [
  'json',
  'html',
  'xml',
  'diff',
  'search',
  'commits',
  'listing',
  'log',
  'config',
  'markdown',
  'text',
] as const;
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

/** Markdown, reStructuredText, or prose: a document for a reader. */
export interface MarkdownContent {
  readonly kind: 'markdown';
  readonly text: string;
  /** The text split at `\n`. */
  readonly lines: readonly string[];
}

/** YAML, TOML, INI, properties, and lock files in these. */
export interface ConfigContent {
  readonly kind: 'config';
  readonly text: string;
  /** The text split at `\n`. */
  readonly lines: readonly string[];
/** Hits of a search in files: `grep -n`, `rg`, symbol indexes. */
export interface SearchContent {
  readonly kind: 'search';
  readonly text: string;
  readonly lines: readonly string[];
  /** What each line is, in the order of `lines`. */
  readonly found: readonly SearchLine[];
}

/** A unified diff, with or without the commits that it belongs to. */
export interface DiffContent {
  readonly kind: 'diff';
  readonly text: string;
  readonly lines: readonly string[];
  /** What each line is, in the order of `lines`. */
  readonly parts: readonly DiffLine[];
}

/** The history of a repository without its patches: `git log`, in one line a commit or in many. */
export interface CommitsContent {
  readonly kind: 'commits';
  readonly text: string;
  readonly lines: readonly string[];
  /** What each line is, in the order of `lines`. */
  readonly parts: readonly CommitLine[];
}

/** Names of files and directories: paths, trees, long listings. */
export interface ListingContent {
  readonly kind: 'listing';
  readonly text: string;
  readonly lines: readonly string[];
  /** What each line names, in the order of `lines`; `undefined` for a line that names nothing. */
  readonly entries: readonly (ListingEntry | undefined)[];
}

export interface PlainContent {
  readonly kind: 'text';
  readonly text: string;
}

interface ContentByKind {
  readonly json: JsonContent;
  readonly html: HtmlContent;
  readonly xml: XmlContent;
  readonly diff: DiffContent;
  readonly search: SearchContent;
  readonly commits: CommitsContent;
  readonly listing: ListingContent;
  readonly log: LogContent;
  readonly config: ConfigContent;
  readonly markdown: MarkdownContent;
  readonly text: PlainContent;
}

export type ContentOf<Kind extends ContentKind> = ContentByKind[Kind];
export type Content = ContentOf<ContentKind>;
