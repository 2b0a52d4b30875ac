import type { JsonNode } from '../json/parse-json.ts';

/** Where a row stands in its text: from `start` up to, and without, `end`. */
export interface TextSlice {
  readonly start: number;
  readonly end: number;
}

/**
 * How rows stand in a text: each on its line (`lines`), each on its line behind other words (`marked-lines`), as
 * documents one after another (`documents`), as the items of arrays one after another (`arrays`), or as events of a
 * server (`events`).
 */
export type JsonLinesShape = 'lines' | 'marked-lines' | 'documents' | 'arrays' | 'events';

/** What writes the rows back, besides the rows. */
export interface JsonLinesForm {
  readonly shape: JsonLinesShape;
  /** How the white space of every document is set: see `layoutOf`. */
  readonly layout: string;
  /** Between rows, documents or events. */
  readonly gap: string;
  /** Behind the last one. */
  readonly end: string;
  /** What stands between the words before a document and the document. */
  readonly tail?: string;
  /** How many items each array has. */
  readonly counts?: readonly number[];
}

/** JSON documents in one text. */
export interface JsonLines {
  /** A line that is no document is the string of its characters; one behind other words is `{"text":…,"json":…}`. */
  readonly rows: readonly JsonNode[];
  /** Where each row stands. */
  readonly slices: readonly TextSlice[];
  readonly form: JsonLinesForm;
}

/** A row of text that holds no document. */
export function textRow(text: string): JsonNode {
  return { type: 'string', source: JSON.stringify(text) };
}
