import { columnName } from '../../strategies/records/cell-text.ts';
import type { ShownValues } from './shown-values.ts';
import type { Place } from './value-tree.ts';

const MOST_NAMES = 40;
/** Keys that end in the same word are one family from so many on. */
const FEWEST_RELATIVES = 5;
const LONGEST_NAMED = 3;

/** Names of keys in a few words: `volumes, nodeSelector, 46 *_url`. */
export function nameKeys(keys: readonly string[], most = MOST_NAMES): string {
  const names = keys.map(columnName);
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

/** What is left out of the rows of a list, as paths from a row: each as high as can be. */
export function leftOutPaths(item: Place, shown: ShownValues): readonly string[] {
  const paths: string[] = [];
  const visit = (place: Place, { path, depth }: { readonly path: string; readonly depth: number }): void => {
    const { count, inPart } = shown.shownAt(place);
    if (count === place.parts.length && inPart === 0) return;
    const inner = [...place.children.values()];
    if (count <= place.parts.length * RARELY_SHOWN || inner.length === 0) {
      if (count < place.parts.length) paths.push(path);
      return;
    }
    const isDeep = depth >= DEEPEST_NAMED;
    if (isDeep && inner.some(({ key }) => key !== '[]' && key !== '{}')) paths.push(`${path}.*`);
    else
      for (const child of inner) {
        const isItem = child.key === '[]' || child.key === '{}';
        visit(child, { path: stepInto(path, child.key), depth: depth + (isItem ? 0 : 1) });
      }
  };
  for (const child of item.children.values()) visit(child, { path: stepInto('', child.key), depth: 1 });
  return paths;
}

/** `status` and `conditions` are `status.conditions`; the items of a list are `[]`, the entries of a map `.*`. */
export function stepInto(path: string, key: string): string {
  if (key === '[]') return `${path}[]`;
  if (key === '{}') return `${path}.*`;
  const name = key.slice(1, -1);
  if (!PLAIN_KEY.test(name)) return `${path}[${key}]`;
  return path === '' ? name : `${path}.${name}`;
}

/** What `headroom_retrieve` reads as one key without quotes. */
const PLAIN_KEY = /^[\p{L}\p{N}_@#+%&~!?-][\p{L}\p{N}_@#+%&~!?$/-]*$/u;
