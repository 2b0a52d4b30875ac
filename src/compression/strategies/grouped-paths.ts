import { pathPlace, pathStart } from '../code-tools/listing-entries.ts';
import type { PathPlace } from '../code-tools/listing-entries.ts';
import type { ListingContent } from '../content.ts';
import type { Encoded, EncodingForm, Strategy } from '../strategy.ts';
import { LEAST_GROUPED_TOKENS, sharedDirectory } from './grouped-hits.ts';
import { estimateTokens } from './lines/estimate-tokens.ts';

const FEWEST_PATHS = 5;
const NO_DIRECTORY = '(no directory):';
/** The directory that is said on top. */
const TOP = './:';

/**
 * Paths under their directory, as `ls -R` writes them: `src/model/:`, then what stood before each path and its name.
 * What all directories begin with is said once, on top, and so is what all lines have between a size and a path. Order
 * is kept. Lines that name no path stand behind a backslash. Decodes character by character.
 */
export const groupedPaths: Strategy<'listing'> = { name: 'grouped-paths', kinds: ['listing'], encode, decode };

function encode(content: ListingContent): Encoded | undefined {
  const tokens = estimateTokens(content.text);
  if (tokens < LEAST_GROUPED_TOKENS) return undefined;
  const grouped = groupPaths(content);
  return grouped === undefined || estimateTokens(grouped.text) >= tokens ? undefined : grouped;
}

/** The grouped form of paths, however short they are. */
export function groupPaths({ lines }: ListingContent): Encoded | undefined {
  const place = pathPlace(lines);
  if (place === undefined) return undefined;
  const starts = lines.map((line) => pathStart(line, place));
  const directories: string[] = [];
  let named = 0;
  for (const [index, start] of starts.entries()) {
    if (start === undefined) continue;
    named++;
    const directory = directoryOf(lines[index] ?? '', start);
    if (directory !== directories.at(-1)) directories.push(directory);
  }
  if (named < FEWEST_PATHS) return undefined;
  const prefix = sharedDirectory(directories.filter((directory) => directory !== ''));
  const middle = place === 'tab' ? commonMiddle(lines, starts) : '';

  const written: string[] = [];
  if (prefix !== '') written.push(`(under ${prefix})`);
  if (middle !== '') written.push(`(all with ${middle.trim()})`);
  let current: string | undefined;
  for (const [index, line] of lines.entries()) {
    const start = starts[index];
    if (start === undefined) {
      written.push(`\\${line}`);
      continue;
    }
    const directory = directoryOf(line, start);
    if (prefix !== '' && directory === `${prefix}./`) {
      written.push(`\\${line}`);
      continue;
    }
    if (directory !== current) {
      written.push(headingOf(directory, prefix));
      current = directory;
    }
    const before = middle === '' ? line.slice(0, start) : `${line.slice(0, line.indexOf('\t'))}\t`;
    const short = before + line.slice(start + directory.length);
    written.push(isAmbiguous(short) ? `\\${line}` : short);
  }
  return { text: written.join('\n'), form: { place, prefix: prefix !== '', middle: middle !== '' } };
}

function decode(text: string, form: EncodingForm | undefined): string {
  const place = (form?.['place'] ?? 'start') as PathPlace;
  const lines = text.split('\n');
  let at = 0;
  const prefix = form?.['prefix'] === true ? (lines[at++] ?? '').slice('(under '.length, -1) : '';
  const middle = form?.['middle'] === true ? `\t${(lines[at++] ?? '').slice('(all with '.length, -1)}\t` : '';
  const decoded: string[] = [];
  let directory = '';
  for (; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.startsWith('\\')) decoded.push(line.slice(1));
    else if (line === NO_DIRECTORY) directory = '';
    else if (line === TOP && prefix !== '') directory = prefix;
    else if (isHeading(line)) directory = prefix + line.slice(0, -1);
    else if (middle !== '') {
      const tab = line.indexOf('\t');
      decoded.push(line.slice(0, tab) + middle + directory + line.slice(tab + 1));
    } else {
      const start = nameStart(line, place);
      decoded.push(line.slice(0, start) + directory + line.slice(start));
    }
  }
  return decoded.join('\n');
}

/** Where the name begins in a line without its directory. */
function nameStart(line: string, place: PathPlace): number {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  if (place === 'start') return 0;
  return Math.max(text.lastIndexOf('\t'), place === 'blank' ? text.lastIndexOf(' ') : -1) + 1;
}

/** With its slash; a directory that is listed itself belongs to the one above it. */
function directoryOf(line: string, start: number): string {
  const path = line.slice(start).trimEnd();
  const end = path.endsWith('/') ? path.length - 1 : path.length;
  return path.slice(0, path.lastIndexOf('/', end - 1) + 1);
}

/** What every line has between its first and its last tab. */
function commonMiddle(lines: readonly string[], starts: readonly (number | undefined)[]): string {
  let middle: string | undefined;
  for (const [index, start] of starts.entries()) {
    if (start === undefined) continue;
    const line = lines[index] ?? '';
    const found = line.slice(line.indexOf('\t'), start);
    if (found.length < 3 || found.slice(1, -1).includes('\t') || (middle !== undefined && found !== middle)) return '';
    middle = found;
  }
  return middle === undefined || middle.trim() !== middle.slice(1, -1) ? '' : middle;
}

function headingOf(directory: string, prefix: string): string {
  if (directory === '') return NO_DIRECTORY;
  return directory === prefix ? TOP : `${directory.slice(prefix.length)}:`;
}

function isHeading(line: string): boolean {
  return line === NO_DIRECTORY || line.endsWith('/:');
}

function isAmbiguous(line: string): boolean {
  return line === '' || line.startsWith('\\') || isHeading(line);
}
