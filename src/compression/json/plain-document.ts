import { type EscapeStyle, resolveEscapes } from './escape-style.ts';
import { type JsonNode, parseJson } from './parse-json.ts';
import { writeJson } from './write-json.ts';

/** A document with the escapes of its style resolved. `respell(text, style)` gives its minified source back. */
export interface PlainDocument {
  readonly node: JsonNode;
  /** Minified. */
  readonly text: string;
  readonly style: EscapeStyle;
}

/** Shows a document as readers see it: without escapes that its serializer wrote throughout but need not have. */
export function plainDocument(json: JsonNode): PlainDocument {
  const minified = writeJson(json);
  const { text, style } = resolveEscapes(minified);
  return { node: text === minified ? json : (parseJson(text) ?? json), text, style };
}
