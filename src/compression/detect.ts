import type { Content } from './content.ts';
import { recogniseCsv } from './detect-csv.ts';
import { looksLikeLog } from './detect-log.ts';
import { recogniseTable } from './detect-table.ts';
import { parseJson } from './json/parse-json.ts';

/** Says what a text is, or `undefined` when it is not of its kind. */
type Recogniser = (text: string) => Content | undefined;

/** In the order in which they are asked; the first that knows the text decides. */
const RECOGNISERS: readonly Recogniser[] = [recogniseJson, recogniseCsv, recogniseTable, recogniseLog];

/** What a text is. Everything that it claims, it has parsed or counted; what it can not place is `text`. */
export function detect(text: string): Content {
  for (const recognise of RECOGNISERS) {
    const content = recognise(text);
    if (content !== undefined) return content;
  }
  return { kind: 'text', text };
}

function recogniseJson(text: string): Content | undefined {
  if (!beginsLikeJson(text)) return undefined;
  const json = parseJson(text);
  return json === undefined ? undefined : { kind: 'json', text, json };
}

/** A bare word (`true`, `null`) is JSON too, and read better as the word that it is. */
function beginsLikeJson(text: string): boolean {
  let start = 0;
  while (JSON_SPACE.has(text.charCodeAt(start))) start++;
  const first = text[start];
  return first !== undefined && '{["-0123456789'.includes(first);
}

const JSON_SPACE: ReadonlySet<number> = new Set([9, 10, 13, 32]);

function recogniseLog(text: string): Content | undefined {
  if (!text.includes('\n')) return undefined;
  const lines = text.split('\n');
  return looksLikeLog(lines) ? { kind: 'log', text, lines } : undefined;
}
