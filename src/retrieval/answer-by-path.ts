import type { Wish } from './answer-retrieval.ts';
import { childrenOf, findByPath, type Located, parsePath } from './json-path.ts';
import { isJsonDocument, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from './json-scan.ts';
import { findValues, isDeep } from './json-values.ts';
import { wordsOf } from './query-words.ts';

interface PathAnswerOptions {
  /** About the most characters in an answer; one whole value is always given. */
  readonly limit: number;
  /** Answers the rest of a wish from a text. */
  readonly selectFrom: (text: string, wish: Wish) => string;
}

const MOST_KEYS = 60;

/** Answers from what stands at a path of a JSON document, or says what there is instead. */
export function answerByPath(text: string, wish: Wish, { limit, selectFrom }: PathAnswerOptions): string {
  const rest: Wish = { ...wish, path: '' };
  if (!isJsonDocument(text)) {
    return `[This text is no JSON document, so it has no paths.]\n${selectFrom(text, rest)}`;
  }
  const { found, nearest } = findByPath(text, parsePath(wish.path));
  const [first] = found;
  if (first === undefined) return `[Nothing is at path ${quote(wish.path)}. ${describe(text, nearest)}]`;
  if (wish.query !== '') return answerFromValues(text, { found, query: wish.query, limit });
  if (found.length > 1) return showAll(text, found, limit);
  const source = text.slice(first.start, first.end);
  const isNarrowed = wish.lines !== '' || wish.rows !== '';
  if (!isNarrowed && source.length <= limit) return `[${nameOf(first)}]\n${source}`;
  const isString = text.charCodeAt(first.start) === QUOTE;
  const more = isString ? '' : ` ${describe(text, first)}`;
  return `[${nameOf(first)}.${more}]\n${selectFrom(isString ? unescape(source) : source, rest)}`;
}

/** Answers a query from the values of a JSON document where rows would be too long; else `undefined`. */
export function answerByValues(text: string, wish: Wish, limit: number): string | undefined {
  if (wish.query === '' || wish.rows !== '' || wish.lines !== '') return undefined;
  if (!isJsonDocument(text) || !isDeep(text)) return undefined;
  const { found } = findByPath(text, []);
  return answerFromValues(text, { found, query: wish.query, limit });
}

interface ValueQuestion {
  readonly found: readonly Located[];
  readonly query: string;
  readonly limit: number;
}

function answerFromValues(text: string, { found, query, limit }: ValueQuestion): string {
  const { values, holds } = findValues(text, found, wordsOf(query));
  const [whole] = found;
  if (values.length === 0 && whole !== undefined) {
    return `[None of the words is in the values here. ${describe(text, whole)}]`;
  }
  const { shown, isComplete } = take(text, values, limit);
  const header = `[${values.length} value${values.length === 1 ? ' holds' : 's hold'} ${holds}, each with its path.]`;
  const note = isComplete ? [] : ['[There are more. Ask with more words, or with a path as well.]'];
  return [header, ...shown, ...note].join('\n');
}

function showAll(text: string, found: readonly Located[], limit: number): string {
  const { shown, isComplete } = take(text, found, limit);
  const header = `[${found.length} values, each with its path.]`;
  const next = found[shown.length]?.path ?? '';
  const note = isComplete ? [] : [`[The answer was getting too long. The next is at path ${quote(next)}.]`];
  return [header, ...shown, ...note].join('\n');
}

function take(
  text: string,
  values: readonly Located[],
  limit: number,
): { readonly shown: readonly string[]; readonly isComplete: boolean } {
  const shown: string[] = [];
  let size = 0;
  for (const { path, start, end } of values) {
    const line = `${path}: ${text.slice(start, end)}`;
    if (shown.length > 0 && size + line.length > limit) return { shown, isComplete: false };
    size += line.length + 1;
    shown.push(line);
  }
  return { shown, isComplete: true };
}

/** What stands in a list or an object, so that the next path is a good one. */
function describe(text: string, part: Located): string {
  const code = text.charCodeAt(part.start);
  const where = part.path === '' ? 'The document' : quote(part.path);
  if (code !== OPEN_ARRAY && code !== OPEN_OBJECT) return `${where} has nothing in it: it is a single value.`;
  const children = childrenOf(text, part);
  if (code === OPEN_ARRAY) {
    const last = children.at(-1);
    return last === undefined
      ? `${where} is an empty list.`
      : `${where} is a list of ${children.length}, from ${quote(`${part.path}[0]`)} to ${quote(last.path)}.`;
  }
  if (children.length === 0) return `${where} is an empty object.`;
  const keys = children.slice(0, MOST_KEYS).map(({ name, start, end }) => `${name} (${end - start})`);
  const more = children.length - keys.length;
  return `${where} has these keys, with the characters of what they hold: ${keys.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}

function nameOf({ path }: Located): string {
  return path === '' ? 'The whole document' : path;
}

function quote(path: string): string {
  return JSON.stringify(path.slice(0, 500));
}

function unescape(source: string): string {
  const value: unknown = JSON.parse(source);
  return typeof value === 'string' ? value : source;
}
