/**
 * JSON with nothing lost: numbers and strings keep their source text, objects keep the order of their keys and the
 * keys that come twice.
 */
export type JsonNode = JsonScalar | JsonArray | JsonObject;

export interface JsonScalar {
  readonly type: 'string' | 'number' | 'boolean' | 'null';
  /** As it stood in the source, quotes and escapes included. */
  readonly source: string;
}

export interface JsonArray {
  readonly type: 'array';
  readonly items: readonly JsonNode[];
}

export interface JsonObject {
  readonly type: 'object';
  /** As they stood in the source, quotes and escapes included. */
  readonly keys: readonly string[];
  readonly values: readonly JsonNode[];
}

/** The tree of a JSON text, or `undefined` when it is not one JSON document, or nested deeper than 200 levels. */
export function parseJson(_text: string): JsonNode | undefined {
  return undefined;
}
