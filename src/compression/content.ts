import type { JsonNode } from './json/parse-json.ts';
import type { XmlElement } from './markup/xml-elements.ts';

/** What a tool result can turn out to be. Detection parses before it believes. */
export const CONTENT_KINDS = ['json', 'html', 'xml', 'log', 'config', 'markdown', 'text'] as const;
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
}

export interface PlainContent {
  readonly kind: 'text';
  readonly text: string;
}

interface ContentByKind {
  readonly json: JsonContent;
  readonly html: HtmlContent;
  readonly xml: XmlContent;
  readonly log: LogContent;
  readonly config: ConfigContent;
  readonly markdown: MarkdownContent;
  readonly text: PlainContent;
}

export type ContentOf<Kind extends ContentKind> = ContentByKind[Kind];
export type Content = ContentOf<ContentKind>;
