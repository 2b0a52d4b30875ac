import { pathStep } from '../../json/json-path.ts';
import { stringValue } from '../../json/string-value.ts';
import { columnName } from '../../strategies/records/cell-text.ts';
import type { ShownValues } from './shown-values.ts';
import type { Place } from './value-tree.ts';

const MOST_NAMES = 40;
/** Keys that end in the same word are one family from so many on. */
const FEWEST_RELATIVES = 5;
const LONGEST_NAMED = 3;

/** Names of keys in a few words: `volumes, nodeSelector, 46 *_url`. */
export function nameKeys(keys: readonly string[], most = MOST_NAMES): string {
  const names = keys.map((key) => clip(columnName(key)));
  const families = new Map<string, string[]>();
  for (const name of names) {
    const ending = endingOf(name);
    if (ending === undefined) continue;
    const known = families.get(ending);
    if (known === undefined) families.set(ending, [name]);
    else known.push(name);
  }
  const said = new Set<string>();
  const spelled: string[] = [];
  for (const name of names) {
    const ending = endingOf(name);
    const family = ending === undefined ? [] : (families.get(ending) ?? []);
    if (ending === undefined || family.length < FEWEST_RELATIVES) spelled.push(name);
    else if (!said.has(ending)) {
      said.add(ending);
      spelled.push(`${family.length} *${ending}`);
    }
  }
  if (spelled.length <= most + LONGEST_NAMED) return spelled.join(', ');
  return `${spelled.slice(0, most).join(', ')} and ${spelled.length - most} more, the last ${spelled.at(-1) ?? ''}`;
}

const LONGEST_NAME = 80;

function clip(name: string): string {
  if (name.length <= LONGEST_NAME) return name;
  const isQuoted = name.startsWith('"');
  const begin = (isQuoted ? stringValue(name) : name).slice(0, LONGEST_NAME);
  return `${isQuoted ? JSON.stringify(begin) : begin}...`;
}

/** `_url`, `Url`: a key's last word with what parts it from the word before. */
function endingOf(name: string): string | undefined {
  const at = Math.max(name.lastIndexOf('_'), name.lastIndexOf('-'));
  if (at > 0 && at < name.length - 1) return name.slice(at);
  return /[a-z0-9]([A-Z][a-z]+)$/.exec(name)?.[1];
}

/** Keys below a row that are told apart; what is left out further down goes by these. */
const DEEPEST_NAMED = 2;
/** A place of which fewer parts are shown is named as a whole. */
const RARELY_SHOWN = 0.3;

/** What is left out of the rows of a list, as paths from a row, each as high as can be: `spec.{volumes, 9 *_url}`. */
export function leftOutPaths(item: Place, shown: ShownValues): readonly string[] {
  const paths: string[] = [];
  const visit = (around: Place, { path, depth }: { readonly path: string; readonly depth: number }): void => {
    const missing: string[] = [];
    const inPart: Place[] = [];
    for (const place of around.children.values()) {
      const seen = shown.shownAt(place);
      if (seen.count === place.parts.length && seen.inPart === 0) continue;
      if (place.children.size > 0 && seen.count > place.parts.length * RARELY_SHOWN) inPart.push(place);
      else if (seen.count < place.parts.length) missing.push(place.key);
    }
    paths.push(...spellMissing(path, missing));
    for (const place of inPart) {
      const isItem = isItemKey(place.key);
      if (depth >= DEEPEST_NAMED && !isItem) paths.push(stepInto(stepInto(path, place.key), '{}'));
      else visit(place, { path: stepInto(path, place.key), depth: depth + (isItem ? 0 : 1) });
    }
  };
  visit(item, { path: '', depth: 0 });
  return paths;
}

function spellMissing(path: string, keys: readonly string[]): readonly string[] {
  const names = keys.filter((key) => !isItemKey(key));
  const items = keys.filter(isItemKey).map((key) => stepInto(path, key));
  const [first] = names;
  if (first === undefined) return items;
  if (path === '') return [nameKeys(names), ...items];
  return [names.length === 1 ? stepInto(path, first) : `${path}.{${nameKeys(names)}}`, ...items];
}

function isItemKey(key: string): boolean {
  return key === '[]' || key === '{}';
}

/** `status` and `conditions` are `status.conditions`; the items of a list are `[]`, the entries of a map `.*`. */
export function stepInto(path: string, key: string): string {
  if (key === '[]') return `${path}[]`;
  return key === '{}' ? `${path}.*` : pathStep(path, key);
}
