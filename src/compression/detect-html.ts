import { markupTokens } from './markup/markup-tokens.ts';

/** A page may stand behind so many characters of headers, or of what a tool says of it. */
const LONGEST_PREAMBLE = 2_000;
const MOST_PREAMBLE_LINES = 3;
/** Of a fragment so much is looked at. */
const FRAGMENT_SAMPLE = 20_000;
const LEAST_TAGS = 8;
/** Of the tags of a fragment at least this share has names that HTML knows. */
const LEAST_KNOWN_SHARE = 0.9;
const PAGE_START = /<(?:!doctype\s+html|html)(?=[\s>])/i;

/** Whether a text is a page or a fragment of HTML. Other XML is not, be it named so or not. */
export function looksLikeHtml(text: string): boolean {
  const head = text.slice(0, LONGEST_PREAMBLE);
  const page = PAGE_START.exec(head);
  if (page !== null) return page.index === 0 || isPreamble(head.slice(0, page.index));
  const trimmed = head.trimStart();
  if (!/^<[a-z!]/i.test(trimmed) || trimmed.startsWith('<?xml')) return false;
  return isFragment(text.slice(0, FRAGMENT_SAMPLE));
}

/** Headers of a response, what a tool says before a page, or no more than a few lines; not code or a document around it. */
function isPreamble(preamble: string): boolean {
  if (preamble.includes('```') || /[^\s>]$/.test(preamble.replace(/[ \t]+$/, ''))) return false;
  const lines = preamble.split('\n').filter((line) => line.trim() !== '');
  const isOrderly = lines.every((line) => /^\s*(?:HTTP\/|[\w-]{1,60}:|<|[<>*] )/.test(line));
  return isOrderly || (lines.length <= MOST_PREAMBLE_LINES && !/["'`(=,{[]\s*$/.test(preamble));
}

function isFragment(sample: string): boolean {
  let tags = 0;
  let known = 0;
  for (const { kind, name } of markupTokens(sample, 'html')) {
    if (kind !== 'open') continue;
    tags++;
    if (KNOWN.has(name)) known++;
  }
  return tags >= LEAST_TAGS && known >= tags * LEAST_KNOWN_SHARE;
}

const KNOWN: ReadonlySet<string> = new Set(
  (
    'a abbr article aside b blockquote body br button code dd div dl dt em figcaption figure footer form h1 h2 h3 h4 h5 h6 head ' +
    'header hr i iframe img input label li link main meta nav noscript ol option p path pre s script section select small source ' +
    'span strong style sub summary details sup svg table tbody td textarea tfoot th thead title tr u ul video font center picture ' +
    'kbd time col colgroup caption g circle rect use'
  ).split(' '),
);
