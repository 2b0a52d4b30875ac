import { guessLayout, layOutJson } from '../json/json-layout.ts';
import { minifiedSource } from '../json/minified-source.ts';
import { parseJson, scalarEnd } from '../json/parse-json.ts';
import { isSpace } from '../json-lines/is-space.ts';
import type { TextSpan } from './text-span.ts';

/** Of the text at least this share stands in what is whole of the document. */
const LEAST_SHARE = 0.5;
const FEWEST_CHARS = 400;
/** The document begins in one of the first lines. */
const MOST_HEAD_CHARS = 1_000;
const DEEPEST = 200;
/** The outermost list is cut whose whole entries say nearly as much as what is whole within the last one. */
const NEARLY_ALL = 0.9;

/** The part of a text that is a JSON document once brackets are closed. */
export interface CutDocument extends TextSpan {
  /** What closes it, with the white space that its layout asks for. */
  readonly closing: string;
}

/** The JSON document at the head of a text that breaks off: what of it is whole, and what would close it. */
export function findCutJson(text: string): CutDocument | undefined {
  const start = DOCUMENT.exec(text.slice(0, MOST_HEAD_CHARS))?.index;
  const cut = start === undefined ? undefined : lastWhole(text, start);
  if (start === undefined || cut === undefined) return undefined;
  const { end, open } = cut;
  if (end - start < Math.max(FEWEST_CHARS, text.length * LEAST_SHARE)) return undefined;
  const source = text.slice(start, end);
  const minified = minifiedSource(source) + open.toReversed().join('');
  const layout = guessLayout(source);
  if (layout === undefined || parseJson(minified) === undefined) return undefined;
  const closed = layOutJson(minified, layout, source.length + LONGEST_CLOSING);
  return closed.startsWith(source) ? { start, end, closing: closed.slice(source.length) } : undefined;
}

const DOCUMENT = /^[[{](?=\s*["[{])/m;
/** Brackets of every level on lines of their own. */
const LONGEST_CLOSING = DEEPEST * DEEPEST * 10;

interface Cut {
  /** Behind the last value that is whole. */
  readonly end: number;
  /** The brackets that close what is open there, the outermost first. */
  readonly open: readonly string[];
}

/** Reads a document as far as it goes; `undefined` when it does not break off. */
function lastWhole(text: string, start: number): Cut | undefined {
  const open: string[] = [];
  /** By depth: behind the last whole value there. */
  const ends: number[] = [];
  let expects: 'value' | 'first value' | 'key' | 'first key' | 'next' = 'value';
  for (let at = start; ;) {
    while (isSpace(text.charCodeAt(at))) at++;
    const sign = text.charAt(at);
    const closing = open.at(-1);
    if (sign !== '' && sign === closing && (expects === 'next' || expects.startsWith('first'))) {
      open.pop();
      if (open.length === 0) return undefined;
      at++;
      ends[open.length] = at;
      expects = 'next';
    } else if (expects === 'next') {
      if (sign !== ',') break;
      at++;
      expects = closing === '}' ? 'key' : 'value';
    } else if (expects === 'key' || expects === 'first key') {
      const end = sign === '"' ? scalarEnd(text, at) : undefined;
      if (end === undefined) break;
      at = end;
      while (isSpace(text.charCodeAt(at))) at++;
      if (text.charAt(at) !== ':') break;
      at++;
      expects = 'value';
    } else if (sign === '{' || sign === '[') {
      if (open.length === DEEPEST) break;
      open.push(sign === '{' ? '}' : ']');
      ends[open.length] = 0;
      at++;
      expects = sign === '{' ? 'first key' : 'first value';
    } else {
      const end = scalarEnd(text, at);
      // A number or a word at the very end may go on.
      if (end === undefined || (end >= text.length && sign !== '"')) break;
      at = end;
      ends[open.length] = at;
      expects = 'next';
    }
  }
  const known = open.map((_bracket, depth) => ends[depth + 1] ?? 0);
  const furthest = Math.max(0, ...known);
  const depth = known.findIndex((end) => end - start >= (furthest - start) * NEARLY_ALL);
  return furthest === 0 ? undefined : { end: known[depth] ?? 0, open: open.slice(0, depth + 1) };
}
