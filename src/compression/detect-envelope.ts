import type { Content, EnvelopeContent, JsonContent, JsonLinesContent } from './content.ts';
import { possibleBodies } from './envelopes/headed-part.ts';
import { openFields } from './envelopes/open-fields.ts';
import { openStrings } from './envelopes/open-strings.ts';
import { envelopeOf, openText } from './envelopes/open-text.ts';
import { readJsonLines } from './json-lines/read-json-lines.ts';

/** Says what a text is that carries no other. */
type Recognise = (text: string) => Content;

/** A document whose few long strings, or whose strings under some keys, are texts of their own. */
export function openJson(content: JsonContent): EnvelopeContent | undefined {
  const { text, json } = content;
  // Cheap: a string that holds lines or a document has escapes.
  if (!text.includes('\\')) return undefined;
  const envelope = openFields(json) ?? openStrings(json);
  return envelope === undefined ? undefined : { kind: 'envelope', text, envelope, whole: content };
}

/** Many documents in one text. */
export function recogniseJsonLines(text: string, recognise: Recognise): JsonLinesContent | undefined {
  const documents = readJsonLines(text);
  return documents === undefined ? undefined : { kind: 'json-lines', text, documents, whole: recognise(text) };
}

/** Lines round other texts. */
export function recogniseTextEnvelope(whole: Content, recognise: Recognise): EnvelopeContent | undefined {
  const { text } = whole;
  const envelope = openText(text, whole.kind);
  if (envelope !== undefined) return { kind: 'envelope', text, envelope, whole };
  if (whole.kind !== 'text') return undefined;
  const body = possibleBodies(text).find(({ start, end }) => {
    const piece = text.slice(start, end);
    return readJsonLines(piece) !== undefined || (mayBeKnown(piece, recognise) && recognise(piece).kind !== 'text');
  });
  return body === undefined ? undefined : { kind: 'envelope', text, envelope: envelopeOf(text, [body]), whole };
}

/** Whether a long text could be known: its first lines are then. */
function mayBeKnown(text: string, recognise: Recognise): boolean {
  if (text.length < LONG_CHARS) return true;
  const cut = text.lastIndexOf('\n', FIRST_CHARS);
  return recognise(text.slice(0, cut === -1 ? FIRST_CHARS : cut)).kind !== 'text';
}

const LONG_CHARS = 24_000;
const FIRST_CHARS = 8_000;
