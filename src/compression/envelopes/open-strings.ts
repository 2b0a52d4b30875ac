import { layOutJson, layoutOf } from '../json/json-layout.ts';
import { type JsonNode, parseJson } from '../json/parse-json.ts';
import { readString, spellString, type StringSpelling } from '../json/string-spelling.ts';
import { writeJson } from '../json/write-json.ts';
import type { StringField, StringsEnvelope } from './envelope.ts';

/** Fewer strings under one key that are documents are said where they stand. */
const FEWEST_STRINGS = 3;
const MOST_FIELDS = 4;

/** The key of the items of the list that is the whole document. */
const ITEMS = '';

/**
 * The document with the strings that are JSON themselves opened, where they stand again and again under the same key, such
 * as the messages of structured logs. No key is opened under which a document stands already: what is closed again would
 * not be told from what never was.
 */
export function openStrings(root: JsonNode): StringsEnvelope | undefined {
  const strings = documentsInStrings(root);
  if (strings.size === 0) return undefined;
  const fields: StringField[] = [];
  const openable = new Map<JsonNode, JsonNode>();
  for (const [key, { found, holdsDocuments }] of strings) {
    if (holdsDocuments || found.length < FEWEST_STRINGS || fields.length === MOST_FIELDS) continue;
    const manner = commonManner(found);
    const alike = found.filter((one) => one.layout === manner.layout && one.spelling === manner.spelling);
    if (alike.length < FEWEST_STRINGS) continue;
    fields.push({ key, layout: manner.layout, spelling: manner.spelling });
    for (const { node, json } of alike) openable.set(node, json);
  }
  if (fields.length === 0) return undefined;
  const openedOf = new Map<JsonNode, JsonNode>();
  return { frame: 'strings', opened: open(root, { openable, openedOf }), fields, openedOf };
}

/** The document that was opened, minified. */
export function closeStrings(opened: JsonNode, fields: readonly StringField[]): string {
  const byKey = new Map(fields.map((field) => [field.key, field]));
  const close = (node: JsonNode, key: string | undefined): JsonNode => {
    const field = key === undefined ? undefined : byKey.get(key);
    if (field !== undefined && (node.type === 'object' || node.type === 'array')) {
      return { type: 'string', source: spellString(layOutJson(writeJson(node), field.layout), field.spelling) };
    }
    if (node.type === 'array') return { type: 'array', items: node.items.map((item) => close(item, undefined)) };
    if (node.type !== 'object') return node;
    return { ...node, values: node.values.map((value, index) => close(value, node.keys[index])) };
  };
  if (opened.type !== 'array') return writeJson(close(opened, undefined));
  return writeJson({ type: 'array', items: opened.items.map((item) => close(item, ITEMS)) });
}

interface DocumentInString {
  readonly node: JsonNode;
  readonly json: JsonNode;
  readonly layout: string;
  readonly spelling: StringSpelling;
}

interface UnderKey {
  readonly found: DocumentInString[];
  holdsDocuments: boolean;
}

function documentsInStrings(root: JsonNode): ReadonlyMap<string, UnderKey> {
  const byKey = new Map<string, UnderKey>();
  const visit = (node: JsonNode, key: string | undefined): void => {
    if (key !== undefined && node.type !== 'number') look(node, key, byKey);
    if (node.type === 'array') for (const item of node.items) visit(item, node === root ? ITEMS : undefined);
    if (node.type === 'object') for (const [index, value] of node.values.entries()) visit(value, node.keys[index]);
  };
  visit(root, undefined);
  return new Map([...byKey].filter(([, { found }]) => found.length > 0));
}

function look(node: JsonNode, key: string, byKey: Map<string, UnderKey>): void {
  const isDocument = node.type === 'array' || node.type === 'object';
  const document = isDocument || node.type !== 'string' ? undefined : documentIn(node, node.source);
  if (!isDocument && document === undefined) return;
  const known = byKey.get(key) ?? { found: [], holdsDocuments: false };
  if (isDocument) known.holdsDocuments = true;
  if (document !== undefined) known.found.push(document);
  byKey.set(key, known);
}

function documentIn(node: JsonNode, source: string): DocumentInString | undefined {
  if (!/^"\s{0,4}(?:\\n)?[[{]/.test(source.slice(0, 12)) || source.length < 12) return undefined;
  const read = readString(source);
  const json = read === undefined ? undefined : parseJson(read.value);
  if (read === undefined || json === undefined || !holdsValues(json)) return undefined;
  const layout = layoutOf(read.value);
  return layout === undefined ? undefined : { node, json, layout, spelling: read.spelling };
}

function holdsValues(json: JsonNode): boolean {
  return json.type === 'object' ? json.keys.length > 0 : json.type === 'array' && json.items.length > 0;
}

function commonManner(found: readonly DocumentInString[]): { readonly layout: string; readonly spelling: string } {
  const counts = new Map<string, { readonly one: DocumentInString; count: number }>();
  for (const one of found) {
    const key = `${one.layout}\n${one.spelling}`;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { one, count: 1 });
    else known.count++;
  }
  let most: { readonly one: DocumentInString; readonly count: number } | undefined;
  for (const each of counts.values()) if (each.count > (most?.count ?? 0)) most = each;
  return most?.one ?? { layout: 'compact', spelling: '' };
}

interface Opening {
  readonly openable: ReadonlyMap<JsonNode, JsonNode>;
  /** Filled: what each list and object became. */
  readonly openedOf: Map<JsonNode, JsonNode>;
}

function open(node: JsonNode, opening: Opening): JsonNode {
  const json = opening.openable.get(node);
  if (json !== undefined) return json;
  if (node.type !== 'array' && node.type !== 'object') return node;
  const opened: JsonNode =
    node.type === 'array'
      ? { type: 'array', items: node.items.map((item) => open(item, opening)) }
      : { ...node, values: node.values.map((value) => open(value, opening)) };
  opening.openedOf.set(node, opened);
  return opened;
}
