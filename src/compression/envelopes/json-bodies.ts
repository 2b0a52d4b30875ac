import { scanJson } from '../json/parse-json.ts';
import { isSpace } from '../json-lines/is-space.ts';
import type { TextSpan } from './text-span.ts';

/** Shorter documents are read well where they stand. */
const FEWEST_CHARS = 200;
/** Brackets that begin no document: beyond so many, or so much that was read in vain, a text is none with documents in it. */
const MOST_FAILURES = 12;
const MOST_BODIES = 12;
/** Of the text at least this share stands in documents. */
const LEAST_SHARE = 0.5;
/** A document begins a line, or follows a label or what guards against its being run as a script. */
const START = /^(?:[A-Za-z][\w ()-]{0,40}: ?|\)\]\}',?)?[[{]/;

/** The JSON documents that are most of a text, where other words stand before, between or behind them. */
export function findJsonBodies(text: string): readonly TextSpan[] | undefined {
  const bodies: TextSpan[] = [];
  let failures = 0;
  let inBodies = 0;
  for (let at = 0; at < text.length && failures <= MOST_FAILURES;) {
    const lineEnd = endOfLine(text, at);
    const start = documentStart(text, at);
    const end = start === undefined ? undefined : scanJson(text, start)?.end;
    if (start !== undefined && end === undefined) failures++;
    if (start !== undefined && end !== undefined && end - start >= FEWEST_CHARS) {
      bodies.push({ start, end });
      inBodies += end - start;
      at = end;
      if (bodies.length > MOST_BODIES) return undefined;
      while (isSpace(text.charCodeAt(at))) at++;
      continue;
    }
    at = lineEnd + 1;
  }
  return bodies.length > 0 && inBodies >= text.length * LEAST_SHARE ? bodies : undefined;
}

function documentStart(text: string, at: number): number | undefined {
  const match = START.exec(text.slice(at, at + 60));
  return match === null ? undefined : at + match[0].length - 1;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
