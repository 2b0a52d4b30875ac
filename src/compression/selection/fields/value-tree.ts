import { childrenOf, isContainer } from '../../json/children-of.ts';
import type { JsonNode } from '../../json/parse-json.ts';
import { subtreeIds } from '../../json/same-subtrees.ts';
import { estimateTokens } from '../../strategies/records/estimate-tokens.ts';

/** A place in the shape of a document: what all items of a list have in common is one place. */
export interface Place {
  /** The key as it stood in the source, quotes included; `[]` for items of a list, `{}` for entries of a map. */
  readonly key: string;
  readonly parent: Place | undefined;
  readonly children: ReadonlyMap<string, Place>;
  /** Where documents have something at this place, in order. */
  readonly parts: Part[];
}

/** A node of a document with all that choosing and naming need to know about it. */
export interface Part {
  readonly node: JsonNode;
  /** As it stood in the source, for what stands in an object. */
  readonly key: string | undefined;
  /** Among the items or the keys of its parent, from 0. */
  readonly index: number;
  readonly place: Place;
  readonly parent: Part | undefined;
  /** `undefined` for a leaf: a scalar, an empty object or list, a series, or what has a twin. */
  readonly children: readonly Part[] | undefined;
  /** An earlier part, not of another row, that says the very same. */
  readonly twin: Part | undefined;
  /** Numbers of the values in it, from 1 in the order of the document. */
  readonly first: number;
  readonly last: number;
  /** Estimated tokens of all that it says, key included. */
  readonly tokens: number;
  /** Whether its parent holds things of one sort: it is an item of a list or an entry of a map. */
  readonly isRow: boolean;
  /** The outermost row that it is or stands in. */
  readonly row: Part | undefined;
}

export interface ValueTree {
  readonly root: Part;
  /** In the order of the document. */
  readonly leaves: readonly Part[];
  /** Scalars, and objects and lists that are empty. */
  readonly total: number;
}

/** An object with so many entries that are all objects or lists of the same keys is read as a list. */
const FEWEST_ENTRIES = 6;
/** Part of their keys that entries have to share with the largest of them. */
const ALIKE = 0.5;
/** An object whose keys are all numbers is a series from so many on. */
const FEWEST_NUMBERED = 8;
/** A list of short lists of scalars is a series from so many on. */
const FEWEST_POINTS = 8;
const WIDEST_POINT = 12;

/** What a reference to a twin costs. */
const TWIN_TOKENS = 8;
/** Smaller things are read sooner than a reference to them. */
const FEWEST_CHILDREN = 3;

/** Reads a document's parts. Linear in its size. */
export function valueTree(node: JsonNode): ValueTree {
  const leaves: Part[] = [];
  let total = 0;
  const place: Place = { key: '', parent: undefined, children: NO_PLACES, parts: [] };

  const ids = subtreeIds(node);
  const firsts = new Map<number, Part>();
  const twinOf = (part: Part): Part | undefined => {
    const id = ids.get(part.node);
    if (id === undefined || part.parent === undefined || part.isRow || isShort(part.node)) return undefined;
    const first = firsts.get(id);
    if (first === undefined) firsts.set(id, part);
    return first === undefined || first.row !== part.row ? undefined : first;
  };

  const read = (node: JsonNode, at: Omit<Part, 'node' | 'children' | 'twin' | 'first' | 'last' | 'tokens'>): Part => {
    const first = total + 1;
    const keyTokens = at.key === undefined ? 1 : estimateTokens(at.key) + 1;
    const part: { -readonly [Name in keyof Part]: Part[Name] } = {
      ...at,
      node,
      children: undefined,
      twin: undefined,
      first,
      last: first,
      tokens: keyTokens,
    };
    if (at.isRow) part.row ??= part;
    at.place.parts.push(part);
    part.twin = twinOf(part);
    if (part.twin !== undefined) {
      total += part.twin.last - part.twin.first + 1;
      part.tokens += TWIN_TOKENS;
      leaves.push(part);
    } else if (isLeaf(node)) {
      total += Math.max(1, countScalars(node));
      part.tokens += tokensOf(node);
      leaves.push(part);
    } else part.children = readChildren(node, part);
    part.last = total;
    return part;
  };

  const readChildren = (node: JsonNode, parent: Part): readonly Part[] => {
    const isList = node.type === 'array' || isMap(node);
    const isRow = isList && childrenOf(node).length > 1;
    const children: Part[] = [];
    let tokens = 2;
    for (const [index, child] of childrenOf(node).entries()) {
      const key = node.type === 'object' ? (node.keys[index] ?? '""') : undefined;
      const place = placeIn(parent.place, isList ? (key === undefined ? '[]' : '{}') : (key ?? '[]'));
      const at = { key, index, place, parent, isRow, row: parent.row };
      const part = read(child, at);
      tokens += part.tokens;
      children.push(part);
    }
    (parent as { tokens: number }).tokens += tokens;
    return children;
  };

  const root = read(node, { key: undefined, index: 0, place, parent: undefined, isRow: false, row: undefined });
  return { root, leaves, total };
}

const NO_PLACES: ReadonlyMap<string, Place> = new Map();

function placeIn(parent: Place, key: string): Place {
  let place = parent.children.get(key);
  if (place !== undefined) return place;
  place = { key, parent, children: NO_PLACES, parts: [] };
  if (parent.children === NO_PLACES)
    (parent as { children: ReadonlyMap<string, Place> }).children = new Map([[key, place]]);
  else (parent.children as Map<string, Place>).set(key, place);
  return place;
}

function isShort(node: JsonNode): boolean {
  return (
    isContainer(node) &&
    childrenOf(node).length < FEWEST_CHILDREN &&
    childrenOf(node).every((child) => !isContainer(child))
  );
}

/** Scalars, what is empty, and what says one thing in many values: lists of scalars, points, numbered scalars. */
function isLeaf(node: JsonNode): boolean {
  const children = childrenOf(node);
  if (children.length === 0) return true;
  if (node.type === 'array') {
    if (!children.some(isContainer)) return true;
    return children.length >= FEWEST_POINTS && children.every(isPoint);
  }
  if (node.type !== 'object' || children.length < FEWEST_NUMBERED || children.some(isContainer)) return false;
  return node.keys.every((key) => /^"\d{1,12}"$/.test(key));
}

function isPoint(node: JsonNode): boolean {
  if (node.type !== 'array' || node.items.length === 0 || node.items.length > WIDEST_POINT) return false;
  return node.items.every((item) => !isContainer(item) && item.source.length <= 40);
}

/** An object that maps names to things of one sort. */
function isMap(node: JsonNode): boolean {
  if (node.type !== 'object' || node.values.length < FEWEST_ENTRIES) return false;
  const [first] = node.values;
  if (first === undefined || !isContainer(first)) return false;
  let widest: readonly string[] = [];
  for (const value of node.values) {
    if (value.type !== first.type) return false;
    if (value.type === 'object' && value.keys.length > widest.length) widest = value.keys;
  }
  if (first.type === 'array') return true;
  const known = new Set(widest);
  let alike = 0;
  for (const value of node.values) {
    if (value.type !== 'object') continue;
    const shared = value.keys.filter((key) => known.has(key)).length;
    if (value.keys.length === 0 || shared >= value.keys.length * ALIKE) alike++;
  }
  return alike >= node.values.length * 0.8;
}

function countScalars(node: JsonNode): number {
  let count = 0;
  for (const child of childrenOf(node)) count += isContainer(child) ? Math.max(1, childrenOf(child).length) : 1;
  return count;
}

function tokensOf(node: JsonNode): number {
  if (node.type !== 'array' && node.type !== 'object') return estimateTokens(node.source);
  let tokens = 2;
  for (const child of childrenOf(node)) tokens += tokensOf(child) + 1;
  if (node.type === 'object') tokens += node.keys.length * 2;
  return tokens;
}

/** Rows that have this part of all keys of their list in common are of one sort. */
const SHARED_KEYS = 0.5;

/** Whether the rows at a place are objects of one sort, so that what is left out of them can be named for all at once. */
export function areAlike(item: Place): boolean {
  const keyCount = item.parts.reduce((sum, { node }) => sum + (node.type === 'object' ? node.keys.length : 0), 0);
  return keyCount >= item.parts.length * item.children.size * SHARED_KEYS;
}
