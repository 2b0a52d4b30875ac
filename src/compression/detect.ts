import type { Content, JsonContent } from './content.ts';
import { PossibleSource } from './detect-code.ts';
import { recogniseCommits } from './detect-commits.ts';
import { looksLikeConfig } from './detect-config.ts';
import { recogniseCsv } from './detect-csv.ts';
import { recogniseDiff } from './detect-diff.ts';
import { openJson, recogniseJsonLines, recogniseTextEnvelope } from './detect-envelope.ts';
import { looksLikeHtml } from './detect-html.ts';
import { recogniseListing } from './detect-listing.ts';
import { looksLikeLog } from './detect-log.ts';
import { looksLikeOutput } from './detect-output.ts';
import { looksLikeProse } from './detect-prose.ts';
import { recogniseSearch } from './detect-search.ts';
import { recogniseTable } from './detect-table.ts';
import { readAsXml } from './detect-xml.ts';
import { parseJson } from './json/parse-json.ts';

/** Says what a text is, or `undefined` when it is not of its kind. */
type Recogniser = (text: string, source: PossibleSource) => Content | undefined;

/** In the order in which they are asked; the first that knows the text decides. */
const RECOGNISERS: readonly Recogniser[] = [
  recogniseHtml,
  recogniseXml,
  recogniseDiff,
  recogniseSearch,
  recogniseCommits,
  recogniseListing,
  (_text, source) => source.sureCode(),
  recogniseCsv,
  recogniseTable,
  recogniseLog,
  recogniseConfig,
  (_text, source) => source.code(),
  recogniseMarkdown,
];

/** What a text is, and what it carries. Everything that it claims, it has parsed or counted; what it can not place is `text`. */
export function detect(text: string): Content {
  // A megabyte of blank lines costs every recogniser as much as a megabyte of text.
  if (!NOT_BLANK.test(text)) return { kind: 'text', text };
  const json = recogniseJson(text);
  if (json !== undefined) return openJson(json) ?? json;
  const documents = recogniseJsonLines(text, recognise);
  if (documents !== undefined) return documents;
  const whole = recognise(text);
  return recogniseTextEnvelope(whole, recognise) ?? whole;
}

/** What a text is as a whole. */
function recognise(text: string): Content {
  const source = new PossibleSource(text);
  for (const recognise of RECOGNISERS) {
    const content = recognise(text, source);
    if (content !== undefined) return content;
  }
  return { kind: 'text', text };
}

function recogniseJson(text: string): JsonContent | undefined {
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

const NOT_BLANK = /\S/;

const JSON_SPACE: ReadonlySet<number> = new Set([9, 10, 13, 32]);

function recogniseHtml(text: string): Content | undefined {
  return looksLikeHtml(text) ? { kind: 'html', text } : undefined;
}

function recogniseXml(text: string): Content | undefined {
  const elements = readAsXml(text);
  return elements === undefined ? undefined : { kind: 'xml', text, elements };
}

function recogniseLog(text: string): Content | undefined {
  if (!text.includes('\n')) return undefined;
  const lines = text.split('\n');
  return looksLikeLog(lines) || looksLikeOutput(lines) ? { kind: 'log', text, lines } : undefined;
}

function recogniseConfig(text: string): Content | undefined {
  if (!text.includes('\n')) return undefined;
  const lines = text.split('\n');
  return looksLikeConfig(lines) ? { kind: 'config', text, lines } : undefined;
}

function recogniseMarkdown(text: string): Content | undefined {
  if (!text.includes('\n')) return undefined;
  const lines = text.split('\n');
  return looksLikeProse(lines) ? { kind: 'markdown', text, lines } : undefined;
}
