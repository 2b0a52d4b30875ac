import type { JsonNode } from './json/parse-json.ts';

/** What a tool result can turn out to be. Detection parses before it believes. */
export const CONTENT_KINDS = ['json', 'html', 'log', 'text'] as const;
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

export interface PlainContent {
  readonly kind: 'text';
  readonly text: string;
}

interface ContentByKind {
  readonly json: JsonContent;
  readonly html: HtmlContent;
  readonly log: LogContent;
  readonly text: PlainContent;
}

export type ContentOf<Kind extends ContentKind> = ContentByKind[Kind];
export type Content = ContentOf<ContentKind>;
