import type { JsonNode } from '../json/parse-json.ts';
import type { StringSpelling } from '../json/string-spelling.ts';

/** A text that another one carries. */
export interface EnvelopePart {
  /** By which the part can be asked for; no other part of the same envelope has it. */
  readonly name: string;
  /** As it reads: a string of a JSON document is what it says, with real line ends. */
  readonly text: string;
}

/** A document of which few long strings are most. */
export interface FieldsEnvelope {
  readonly frame: 'fields';
  /** The document, minified, with `"<name>"` where a part stood. */
  readonly outer: string;
  readonly parts: readonly FieldPart[];
}

export interface FieldPart extends EnvelopePart {
  readonly spelling: StringSpelling;
}

/** A document in which strings under some keys are documents themselves. */
export interface StringsEnvelope {
  readonly frame: 'strings';
  readonly opened: JsonNode;
  readonly fields: readonly StringField[];
  /** The node of the opened document that stands for one of the closed. */
  readonly openedOf: ReadonlyMap<JsonNode, JsonNode>;
}

/** The strings under a key, written as documents; empty for the items of the list that is the whole document. */
export interface StringField {
  /** As it stands in the source, quotes included. */
  readonly key: string;
  readonly layout: string;
  readonly spelling: StringSpelling;
}

/** Lines around other texts. */
export interface TextEnvelope {
  readonly frame: 'text';
  readonly parts: readonly TextPart[];
}

/** From `start` up to, and without, `end`; ascending and apart. */
export interface TextPart extends EnvelopePart {
  readonly start: number;
  readonly end: number;
  /** What the text of the part has behind what stands there: the brackets that close a document that breaks off. */
  readonly closing: string;
}

export type Envelope = FieldsEnvelope | StringsEnvelope | TextEnvelope;
