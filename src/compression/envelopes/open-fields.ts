import { type JsonNode, parseJson } from '../json/parse-json.ts';
import { minifiedSource } from '../json/minified-source.ts';
import { sameJson } from '../json/same-json.ts';
import { readString, spellString } from '../json/string-spelling.ts';
import { stringValue } from '../json/string-value.ts';
import { writeJson } from '../json/write-json.ts';
import type { FieldPart, FieldsEnvelope } from './envelope.ts';

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
  const { strings, sizeChars } = longStrings(root);
  const mostParts = strings.every(({ isBlock }) => isBlock) ? MOST_BLOCKS : MOST_PARTS;
  if (strings.length === 0 || strings.length > mostParts) return undefined;
  const copy = findCopy(root, strings);
  const size = strings.reduce((sum, { source }) => sum + source.length, copy?.sizeChars ?? 0);
  if (size < sizeChars * LEAST_SHARE) return undefined;
  const named = nameParts(strings);
  const parts: FieldPart[] = [];
  const replaced = new Map<JsonNode, string>();
  for (const { node, source, name } of named) {
    const read = readString(source);
    if (read === undefined || !isWorthOpening(read.value)) continue;
    parts.push({ name, text: read.value, spelling: read.spelling });
    replaced.set(node, placeOf(name));
    if (copy !== undefined && read.value === copy.text) replaced.set(copy.node, copyPlaceOf(name));
  }
  if (parts.length === 0) return undefined;
  const outer = writeJson(withReplaced(root, replaced));
  const places = [...replaced.values()];
  const isClear = parts.every(({ name }) =>
    [placeOf(name), copyPlaceOf(name)].every(
      (place) => outer.split(place, 3).length - 1 === (places.includes(place) ? 1 : 0),
    ),
  );
  return isClear ? { frame: 'fields', outer, parts } : undefined;
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
    { at: minified.indexOf(placeOf(name)), place: placeOf(name), spell: () => spellString(text, spelling) },
    { at: minified.indexOf(copyPlaceOf(name)), place: copyPlaceOf(name), spell: () => minifiedSource(text) },
  ]);
  let closed = '';
  let from = 0;
  for (const { at, place, spell } of fillings.toSorted((one, other) => one.at - other.at)) {
    if (at < 0) continue;
    closed += minified.slice(from, at) + spell();
    from = at + place.length;
  }
  return closed + minified.slice(from);
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

function longStrings(root: JsonNode): { readonly strings: readonly LongString[]; readonly sizeChars: number } {
  const strings: LongString[] = [];
  let sizeChars = 0;
  const visit = (node: JsonNode, key: string, isBlock: boolean): void => {
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

/** Parts are named after their keys, and numbered where several have the same. */
function nameParts(strings: readonly LongString[]): readonly (LongString & { readonly name: string })[] {
  const names = strings.map(({ key }) => (PLAIN_NAME.test(key.slice(1, -1)) ? key.slice(1, -1) : 'text'));
  const totals = new Map<string, number>();
  for (const name of names) totals.set(name, (totals.get(name) ?? 0) + 1);
  const counts = new Map<string, number>();
  return strings.map((string, index) => {
    const name = names[index] ?? 'text';
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return { ...string, name: totals.get(name) === 1 ? name : `${name}-${count}` };
  });
}

function withReplaced(node: JsonNode, replaced: ReadonlyMap<JsonNode, string>): JsonNode {
  const source = replaced.get(node);
  if (source !== undefined) return { type: 'string', source };
  if (node.type === 'array') return { type: 'array', items: node.items.map((item) => withReplaced(item, replaced)) };
  if (node.type !== 'object') return node;
  return { type: 'object', keys: node.keys, values: node.values.map((value) => withReplaced(value, replaced)) };
}
