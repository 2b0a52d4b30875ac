import { parseJson, type JsonArray, type JsonNode, type JsonObject } from '../json/parse-json.ts';
import { writeJson } from '../json/write-json.ts';
import { spellIndex, spellKey } from './json-path.ts';
import { matchLines } from './match-lines.ts';

/** Deeper than this a value that differs is given whole. */
const DEEPEST = 16;
/** What names an item, for pairing it with its earlier self and for telling a reader which one it is. */
const NAMING_KEYS = ['"id"', '"name"', '"key"', '"uid"', '"uuid"', '"number"', '"path"', '"title"'] as const;
const LONGEST_NAME = 60;

/**
 * What differs in a JSON document from an earlier one, a line each: `.items[7: "web-7"].state = "Failed"` for a value that
 * is another or new, `+ .items[50] = {...}` for a new item, `- .items[3: "web-3"]` for one that is gone. Items are counted
 * from 0, new and changed ones where they stand now, those that are gone where they stood. `undefined` where one of the
 * two is no object or list, or they share nothing worth saying.
 */
export function writeJsonDelta(text: string, base: string): string | undefined {
  if (!isContainer(text) || !isContainer(base)) return undefined;
  const here = parseJson(text);
  const there = parseJson(base);
  if (here === undefined || there === undefined) return undefined;
  const lines = describe(here, there, { path: '', depth: 0 });
  return lines[0]?.startsWith(' = ') === true ? undefined : lines.join('\n');
}

function isContainer(text: string): boolean {
  return /^\s{0,100}[[{]/.test(text);
}

interface Place {
  readonly path: string;
  readonly depth: number;
}

/** Lines that turn one node into the other, or the whole node where that is shorter. */
function describe(here: JsonNode, there: JsonNode, { path, depth }: Place): readonly string[] {
  const source = writeJson(here);
  if (source === writeJson(there)) return [];
  const whole = `${path} = ${source}`;
  if (depth === DEEPEST) return [whole];
  const inner = { path, depth: depth + 1 };
  let lines: readonly string[] | undefined;
  if (here.type === 'array' && there.type === 'array') lines = describeItems(here, there, inner);
  else if (here.type === 'object' && there.type === 'object') lines = describeEntries(here, there, inner);
  if (lines === undefined) return [whole];
  return lines.reduce((sum, { length }) => sum + length, 0) < whole.length ? lines : [whole];
}

/** `undefined` where the order of keys, or a key that comes twice, can not be said in lines. */
function describeEntries(here: JsonObject, there: JsonObject, { path, depth }: Place): readonly string[] | undefined {
  const before = new Map(there.keys.map((key, index) => [key, there.values[index]]));
  const now = new Set(here.keys);
  if (before.size < there.keys.length || now.size < here.keys.length) return undefined;
  const added = here.keys.filter((key) => !before.has(key));
  const expected = [...there.keys.filter((key) => now.has(key)), ...added];
  if (!here.keys.every((key, index) => key === expected[index])) return undefined;
  const lines = there.keys.filter((key) => !now.has(key)).map((key) => `- ${path}${spellKey(key)}`);
  for (const [index, key] of here.keys.entries()) {
    const value = here.values[index];
    const old = before.get(key);
    if (value === undefined) continue;
    const place = { path: path + spellKey(key), depth };
    const told = old === undefined ? [`${place.path} = ${writeJson(value)}`] : describe(value, old, place);
    for (const line of told) lines.push(line);
  }
  return lines;
}

function describeItems(here: JsonArray, there: JsonArray, { path, depth }: Place): readonly string[] {
  const matches = pairItems(here.items, there.items);
  const paired = new Set(matches);
  const lines: string[] = [];
  for (let first = 0; first < there.items.length; first++) {
    if (paired.has(first)) continue;
    let last = first;
    while (last + 1 < there.items.length && !paired.has(last + 1)) last++;
    const names = [nameOf(there.items[first]), nameOf(there.items[last])];
    lines.push(`- ${path}${spellIndex({ first, last }, names)}`);
    first = last;
  }
  for (const [index, item] of here.items.entries()) {
    if (matches[index] === -1)
      lines.push(`+ ${path}${spellIndex({ first: index, last: index }, [])} = ${writeJson(item)}`);
  }
  for (const [index, item] of here.items.entries()) {
    const old = there.items[matches[index] ?? -1];
    const name = nameOf(item);
    if (old === undefined) continue;
    const place = { path: path + spellIndex({ first: index, last: index }, [name]), depth };
    for (const line of describe(item, old, place)) lines.push(line);
  }
  return lines;
}

/** Equal items, then those between them that have the same name, or, where as many are left as were, the same place. */
function pairItems(here: readonly JsonNode[], there: readonly JsonNode[]): Int32Array {
  const matches = matchLines(here.map(writeJson), there.map(writeJson));
  let first = 0;
  let firstThere = 0;
  for (let end = 0; end <= here.length; end++) {
    const endThere = end === here.length ? there.length : (matches[end] ?? -1);
    if (endThere < 0) continue;
    const gap = here.slice(first, end).map(nameOf);
    const gapThere = there.slice(firstThere, endThere).map(nameOf);
    const isInPlace = gap.length === gapThere.length && gap.every((name, index) => name === gapThere[index]);
    const inner = isInPlace ? gap.keys() : matchLines(gap, gapThere);
    for (const [index, match] of [...inner].entries()) {
      if (match >= 0) matches[first + index] = firstThere + match;
    }
    first = end + 1;
    firstThere = endThere + 1;
  }
  return matches;
}

/** The source of what names an item; `undefined` where nothing short does. */
function nameOf(node: JsonNode | undefined): string | undefined {
  if (node?.type !== 'object') return undefined;
  for (const key of NAMING_KEYS) {
    const value = node.values[node.keys.indexOf(key)];
    if (value?.type === 'string' || value?.type === 'number') {
      return value.source.length <= LONGEST_NAME ? value.source : undefined;
    }
  }
  return undefined;
}
