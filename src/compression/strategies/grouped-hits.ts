import { readSearchLines } from '../code-tools/search-lines.ts';
import type { LogContent, SearchContent } from '../content.ts';
import type { Encoded, EncodingForm, Strategy } from '../strategy.ts';
import { estimateTokens } from './lines/estimate-tokens.ts';

const FEWEST_HITS = 3;
/** Paths are copied from short results: whole they are worth more there than what grouping saves. */
export const LEAST_GROUPED_TOKENS = 1_000;
/** Every heading has to stand over so many hits, or it costs more than it says. */
const LEAST_HITS_PER_HEADING = 1.3;
const PREFIX_LINE = /^\(files under (.*)\)$/;
/** A line of a file: its number, what stood around it, and the rest. */
const NUMBERED = /^(\d{1,10})([:=-])/;

/**
 * Hits under the name of their file, as `rg --heading` writes them: the path, then `12:text`, a blank line before the
 * next path. What all paths begin with is said once, on top. Lines of no file stand as they are, or behind a backslash
 * where they would be read as something else. Decodes character by character.
 */
export const groupedHits: Strategy<'search' | 'log'> = {
  name: 'grouped-hits',
  kinds: ['search', 'log'],
  encode,
  decode,
};

function encode(content: SearchContent | LogContent): Encoded | undefined {
  return estimateTokens(content.text) < LEAST_GROUPED_TOKENS ? undefined : groupHits(content);
}

/** The grouped form of hits, however short they are. */
export function groupHits({ lines, ...content }: SearchContent | LogContent): Encoded | undefined {
  const found = content.kind === 'search' ? content.found : readSearchLines(lines);
  const paths: string[] = [];
  let hits = 0;
  let current: string | undefined;
  for (const { path, separator } of found) {
    if (path === undefined || separator === undefined) continue;
    hits++;
    if (path !== current) paths.push((current = path));
  }
  // Already under headings, or one file alone.
  if (found.some(({ role }) => role === 'file')) return undefined;
  if (hits < FEWEST_HITS || hits < paths.length * LEAST_HITS_PER_HEADING || hits * 2 < lines.length) return undefined;

  const prefix = new Set(paths).size > 2 ? sharedDirectory(paths) : '';
  const written: string[] = prefix === '' ? [] : [`(files under ${prefix})`];
  current = undefined;
  for (const [index, { path, separator, number, contentStart }] of found.entries()) {
    const line = lines[index] ?? '';
    // Only what begins with its path can be put together again: symbols do not.
    if (path === undefined || separator === undefined || number === undefined || contentStart === 0) {
      written.push(escapeLine(line));
      continue;
    }
    if (path !== current) {
      written.push('', path.slice(prefix.length));
      current = path;
    }
    written.push(number + separator + line.slice(contentStart));
  }
  return { text: written.join('\n'), form: { prefix: prefix !== '' } };
}

function decode(text: string, form: EncodingForm | undefined): string {
  const lines = text.split('\n');
  const prefix = form?.['prefix'] === true ? (PREFIX_LINE.exec(lines[0] ?? '')?.[1] ?? '') : '';
  const decoded: string[] = [];
  let path = '';
  for (let index = form?.['prefix'] === true ? 1 : 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (line === '') {
      index++;
      path = prefix + (lines[index] ?? '');
      continue;
    }
    const numbered = NUMBERED.exec(line);
    const separator = numbered?.[2] ?? '';
    if (numbered === null) decoded.push(unescapeLine(line));
    else decoded.push(`${path}${separator}${line}`);
  }
  return decoded.join('\n');
}

/** Whole directories that all paths begin with. */
export function sharedDirectory(paths: readonly string[]): string {
  let shared = paths[0] ?? '';
  for (const path of paths) {
    let length = 0;
    const longest = Math.min(shared.length, path.length);
    while (length < longest && shared.charCodeAt(length) === path.charCodeAt(length)) length++;
    shared = shared.slice(0, length);
    if (shared === '') return '';
  }
  return shared.slice(0, shared.lastIndexOf('/') + 1);
}

function escapeLine(line: string): string {
  return line === '' || line.startsWith('\\') || NUMBERED.test(line) ? `\\${line}` : line;
}

function unescapeLine(line: string): string {
  return line.startsWith('\\') ? line.slice(1) : line;
}
