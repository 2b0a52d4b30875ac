import { type JsonNode, parseJson } from '../json/parse-json.ts';
import { minifiedSource } from '../json/minified-source.ts';
import { sameJson } from '../json/same-json.ts';
import { readString, spellString } from '../json/string-spelling.ts';
import { stringValue } from '../json/string-value.ts';
import { writeJson } from '../json/write-json.ts';
import type { FieldPart, FieldsEnvelope } from './envelope.ts';
import type { TextSpan } from './text-span.ts';

/** Shorter strings are read well where they stand. */
const FEWEST_CHARS = 200;
const FEWEST_LINE_ENDS = 3;
/** Of what a document says at least this share stands in its parts. */
const LEAST_SHARE = 0.6;
/** More long strings than this are a column of records, except as the blocks of a list of contents. */
const MOST_PARTS = 7;
const MOST_BLOCKS = 40;
const PLAIN_NAME = /^[A-Za-z_][\w-]{0,30}$/;

/** The document as an envelope, if a few strings of many lines, or that are JSON, are most of it. */
export function openFields(root: JsonNode): FieldsEnvelope | undefined {
  const all = longStrings(root);
  const copy = findCopy(root, all.strings);
  const strings = copy === undefined ? all.strings : longStrings(root, copy.node).strings;
  const sources = new Set(strings.map(({ source }) => source));
  const mostParts = strings.every(({ isBlock }) => isBlock) ? MOST_BLOCKS : MOST_PARTS;
  // Each may be said twice, and no oftener: what every record says is a column.
  if (sources.size === 0 || sources.size > mostParts || strings.length > 2 * mostParts) return undefined;
  const size = strings.reduce((sum, { source }) => sum + source.length, copy?.sizeChars ?? 0);
  if (size < all.sizeChars * LEAST_SHARE) return undefined;
  const opened = new Map<string, FieldPart>();
  const replaced = new Map<JsonNode, string>();
  for (const { node, source, name } of nameParts(strings)) {
    const part = opened.get(source) ?? partOf(source, name);
    if (part === undefined) continue;
    opened.set(source, part);
    replaced.set(node, placeOf(part.name));
    if (copy !== undefined && part.text === copy.text) replaced.set(copy.node, copyPlaceOf(part.name));
  }
  if (opened.size === 0) return undefined;
  const outer = writeJson(withReplaced(root, replaced));
  const places = [...replaced.values()];
  const parts = [...opened.values()];
  const isClear = parts.every(({ name }) =>
    [placeOf(name), copyPlaceOf(name)].every(
      (place) => outer.split(place).length - 1 === places.filter((one) => one === place).length,
    ),
  );
  return isClear ? { frame: 'fields', outer, parts } : undefined;
}

function partOf(source: string, name: string): FieldPart | undefined {
  const read = readString(source);
  if (read === undefined || !isWorthOpening(read.value)) return undefined;
  return { name, text: read.value, spelling: read.spelling };
}

/** A result as an object beside the text that says the same, as the Model Context Protocol asks for. */
interface Copy {
  readonly node: JsonNode;
  readonly text: string;
  readonly sizeChars: number;
}

function findCopy(root: JsonNode, strings: readonly LongString[]): Copy | undefined {
  if (root.type !== 'object') return undefined;
  const node = root.values[root.keys.indexOf('"structuredContent"')];
  if (node?.type !== 'object' && node?.type !== 'array') return undefined;
  const source = writeJson(node);
  for (const string of strings) {
    const text = stringValue(string.source);
    const json = parseJson(text);
    if (json !== undefined && sameJson(json, node)) return { node, text, sizeChars: source.length };
  }
  return undefined;
}

/** The document that was opened, minified. */
export function closeFields(outer: string, parts: readonly FieldPart[]): string {
  const minified = minifiedSource(outer);
  const fillings = parts.flatMap(({ name, text, spelling }) => [
    ...placesOf(minified, placeOf(name)).map((span) => ({ ...span, spell: () => spellString(text, spelling) })),
    ...placesOf(minified, copyPlaceOf(name)).map((span) => ({ ...span, spell: () => minifiedSource(text) })),
  ]);
  let closed = '';
  let from = 0;
  for (const { start, end, spell } of fillings.toSorted((one, other) => one.start - other.start)) {
    closed += minified.slice(from, start) + spell();
    from = end;
  }
  return closed + minified.slice(from);
}

function placesOf(text: string, place: string): readonly TextSpan[] {
  const spans: TextSpan[] = [];
  for (let start = text.indexOf(place); start >= 0; start = text.indexOf(place, start + place.length)) {
    spans.push({ start, end: start + place.length });
  }
  return spans;
}

/** What stands in the document where a part stood. */
function placeOf(name: string): string {
  return `"<${name}>"`;
}

/** What stands where the document says the same as a part once more, as JSON. */
function copyPlaceOf(name: string): string {
  return `"<${name}, as JSON>"`;
}

interface LongString {
  readonly node: JsonNode;
  readonly source: string;
  readonly key: string;
  /** Whether it is the text of a block in a list of contents: `{"type":"text","text":"..."}`. */
  readonly isBlock: boolean;
}

function longStrings(
  root: JsonNode,
  passedOver?: JsonNode,
): { readonly strings: readonly LongString[]; readonly sizeChars: number } {
  const strings: LongString[] = [];
  let sizeChars = 0;
  const visit = (node: JsonNode, key: string, isBlock: boolean): void => {
    if (node === passedOver) return;
    if (node.type === 'array') for (const item of node.items) visit(item, key, false);
    else if (node.type === 'object') {
      const isTextBlock = node.keys.length <= 4 && isText(node);
      for (const [index, value] of node.values.entries()) {
        const name = node.keys[index] ?? '';
        sizeChars += name.length + 1;
        visit(value, name, isTextBlock && name === '"text"');
      }
    } else {
      sizeChars += node.source.length + 1;
      if (node.type === 'string' && node.source.length >= FEWEST_CHARS && looksOpenable(node.source)) {
        strings.push({ node, source: node.source, key, isBlock });
      }
    }
  };
  visit(root, '', false);
  return { strings, sizeChars };
}

function isText(node: { readonly keys: readonly string[]; readonly values: readonly JsonNode[] }): boolean {
  const type = node.values[node.keys.indexOf('"type"')];
  return type?.type === 'string' && type.source === '"text"';
}

/** Several lines, a document in quotes, markup. */
function looksOpenable(source: string): boolean {
  return /^"(?:\\")?[{[<]/.test(source.slice(0, 4)) || hasLineEnds(source, '\\n');
}

function isWorthOpening(value: string): boolean {
  if (hasLineEnds(value, '\n') || value.startsWith('<')) return true;
  return parseJson(value) !== undefined;
}

function hasLineEnds(text: string, lineEnd: string): boolean {
  let at = -1;
  for (let count = 0; count < FEWEST_LINE_ENDS; count++) {
    at = text.indexOf(lineEnd, at + 1);
    if (at < 0) return false;
  }
  return true;
}

/** Parts are named after their keys, and numbered where several have the same. What comes again has the name of the first. */
function nameParts(strings: readonly LongString[]): readonly (LongString & { readonly name: string })[] {
  const keyOf = ({ key }: LongString): string => (PLAIN_NAME.test(key.slice(1, -1)) ? key.slice(1, -1) : 'text');
  const sourcesByKey = new Map<string, Set<string>>();
  const firstKeys = new Map<string, string>();
  for (const string of strings) {
    if (firstKeys.has(string.source)) continue;
    const key = keyOf(string);
    firstKeys.set(string.source, key);
    sourcesByKey.set(key, (sourcesByKey.get(key) ?? new Set()).add(string.source));
  }
  const names = new Map<string, string>();
  for (const [key, sources] of sourcesByKey) {
    for (const [index, source] of [...sources].entries()) {
      names.set(source, sources.size === 1 ? key : `${key}-${index + 1}`);
    }
  }
  return strings.map((string) => ({ ...string, name: names.get(string.source) ?? 'text' }));
}

function withReplaced(node: JsonNode, replaced: ReadonlyMap<JsonNode, string>): JsonNode {
  const source = replaced.get(node);
  if (source !== undefined) return { type: 'string', source };
  if (node.type === 'array') return { type: 'array', items: node.items.map((item) => withReplaced(item, replaced)) };
  if (node.type !== 'object') return node;
  return { type: 'object', keys: node.keys, values: node.values.map((value) => withReplaced(value, replaced)) };
}
