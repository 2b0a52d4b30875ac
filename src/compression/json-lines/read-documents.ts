import { isLaidOut, layoutOf } from '../json/json-layout.ts';
import { type JsonNode, scanJson } from '../json/parse-json.ts';
import { isSpace } from './is-space.ts';
import type { JsonLines, TextSlice } from './json-lines.ts';

/** Lengths of arrays are told one by one. */
const MOST_ARRAYS = 30;

/** A document that stands among others. */
export interface PlacedDocument extends TextSlice {
  readonly node: JsonNode;
}

/** Objects and arrays that fill a text one after another with nothing but white space between them. */
export function placeDocuments(text: string): readonly PlacedDocument[] | undefined {
  const documents: PlacedDocument[] = [];
  let at = 0;
  for (;;) {
    while (isSpace(text.charCodeAt(at))) at++;
    if (at === text.length) return documents;
    const code = text.charCodeAt(at);
    if (code !== 0x7b && code !== 0x5b) return undefined;
    const scanned = scanJson(text, at);
    if (scanned === undefined) return undefined;
    documents.push({ node: scanned.node, start: at, end: scanned.end });
    at = scanned.end;
  }
}

/** The rows of documents that are all set alike; those of arrays of objects are the objects. */
export function readDocuments(text: string): JsonLines | undefined {
  const documents = placeDocuments(text);
  const [first, second] = documents ?? [];
  if (documents === undefined || first === undefined || second === undefined || first.start !== 0) return undefined;
  const gap = text.slice(first.end, second.start);
  const layout = layoutOf(text.slice(first.start, first.end));
  if (layout === undefined) return undefined;
  for (const [index, { start, end }] of documents.entries()) {
    const next = documents[index + 1];
    if (next !== undefined && text.slice(end, next.start) !== gap) return undefined;
    if (!isLaidOut(text.slice(start, end), layout)) return undefined;
  }
  const form = { layout, gap, end: text.slice(documents.at(-1)?.end) };
  const items = documents.length <= MOST_ARRAYS ? itemsOf(documents) : undefined;
  if (items !== undefined) {
    const counts = items.map(({ length }) => length);
    return {
      rows: items.flat(),
      slices: documents.flatMap((document) => itemSlices(text, document)),
      form: { ...form, shape: 'arrays', counts },
    };
  }
  return { rows: documents.map(({ node }) => node), slices: documents, form: { ...form, shape: 'documents' } };
}

function itemsOf(documents: readonly PlacedDocument[]): readonly (readonly JsonNode[])[] | undefined {
  const arrays: (readonly JsonNode[])[] = [];
  for (const { node } of documents) {
    if (node.type !== 'array' || node.items.some(({ type }) => type !== 'object')) return undefined;
    arrays.push(node.items);
  }
  return arrays;
}

function itemSlices(text: string, { node, start }: PlacedDocument): readonly TextSlice[] {
  const slices: TextSlice[] = [];
  let at = start + 1;
  const count = node.type === 'array' ? node.items.length : 0;
  for (let index = 0; index < count; index++) {
    while (isSpace(text.charCodeAt(at)) || text.charCodeAt(at) === 0x2c) at++;
    const end = scanJson(text, at)?.end ?? at;
    slices.push({ start: at, end });
    at = end;
  }
  return slices;
}
