import { isPath } from './search-lines.ts';
import { treeNameStart } from './tree-lines.ts';

/** What one line of a listing names. */
export interface ListingEntry {
  /** With its directories, as far as the source tells them. */
  readonly path: string;
  /** Where the path, or the part of it that stands in the line, begins. */
  readonly start: number;
  /** In the unit of the source; `undefined` where the line tells none. */
  readonly size?: number | undefined;
  readonly isDirectory: boolean;
  /** Whether the line holds the whole path, and not the name alone. */
  readonly isWhole: boolean;
}

/** Where a line's path begins: at its start, behind its last tab, or behind its last blank. */
export type PathPlace = 'start' | 'tab' | 'blank';

type Entries = readonly (ListingEntry | undefined)[];

/** Of the lines that are not blank, but for one that sums up, at least this share names something. */
const LEAST_SHARE = 0.85;
const FEWEST_ENTRIES = 5;
const LONGEST_LINE = 1_000;

/** The entries of a listing, or `undefined` when these lines are none. */
export function readListing(lines: readonly string[]): Entries | undefined {
  const filled = lines.reduce((count, line) => count + (line.trim() === '' ? 0 : 1), 0);
  if (filled < FEWEST_ENTRIES) return undefined;
  for (const read of [readTree, readLong, readPaths]) {
    const entries = read(lines);
    if (entries === undefined) continue;
    const named = entries.reduce((count, entry) => count + (entry === undefined ? 0 : 1), 0);
    if (named >= FEWEST_ENTRIES && named >= (filled - 1) * LEAST_SHARE) return entries;
  }
  return undefined;
}

/** Where the paths of a list stand, or `undefined` when most lines hold none. */
export function pathPlace(lines: readonly string[]): PathPlace | undefined {
  const filled = lines.filter((line) => line.trim() !== '');
  for (const place of ['start', 'tab', 'blank'] as const) {
    let named = 0;
    let nested = 0;
    for (const line of filled) {
      const start = pathStart(line, place);
      if (start === undefined) continue;
      named++;
      if (line.includes('/', start)) nested++;
    }
    if (named >= filled.length * LEAST_SHARE && nested * 2 >= named) return place;
  }
  return undefined;
}

/** Where the path begins in this line, or `undefined` when it holds none. */
export function pathStart(line: string, place: PathPlace): number | undefined {
  if (line.length > LONGEST_LINE) return undefined;
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  if (place === 'start') return !text.includes(' ') && isName(text) ? 0 : undefined;
  const start = Math.max(text.lastIndexOf('\t'), place === 'blank' ? text.lastIndexOf(' ') : -1) + 1;
  if (start === 0 || !isName(text.slice(start))) return undefined;
  return BEFORE_PATH.test(text.slice(0, start)) ? start : undefined;
}

/** Sizes, modes, states: what lists write before a path. */
const BEFORE_PATH =
  /^\s{0,20}(?:[\d.,]+[KMGTPkmgtp]?i?B?|[-dlbcps][-rwxsStT]{9}[+.@]?|[MADRCTUX?!]{1,2}\d{0,3})(?:[ \t]+[\w.,:+@-]{1,40}){0,10}[ \t]+$/;
const SIZE = /(?:^|\s)(\d+(?:\.\d+)?)([KMGT]?)(?=\s)/;
const UNITS: Readonly<Record<string, number>> = { '': 1, K: 1_024, M: 1_024 ** 2, G: 1_024 ** 3, T: 1_024 ** 4 };

/** A path, or a name without folder and extension such as `Makefile` or `.`. */
function isName(text: string): boolean {
  return isPath(text) || BARE.test(text);
}

const BARE = /^[\w.@+-]{1,100}$/;

function readPaths(lines: readonly string[]): Entries | undefined {
  const place = pathPlace(lines);
  if (place === undefined) return undefined;
  const entries = lines.map((line) => {
    const start = pathStart(line, place);
    if (start === undefined) return undefined;
    const path = line.slice(start).trimEnd();
    return { path, start, size: sizeOf(line.slice(0, start)), isDirectory: path.endsWith('/'), isWhole: true };
  });
  const parents = new Set<string>();
  for (const entry of entries) if (entry !== undefined) addParents(entry.path, parents);
  return entries.map((entry) =>
    entry !== undefined && parents.has(withoutSlash(entry.path)) ? { ...entry, isDirectory: true } : entry,
  );
}

/** Stops at the first directory that is known: so are all above it. */
function addParents(path: string, parents: Set<string>): void {
  const whole = withoutSlash(path);
  for (let at = whole.lastIndexOf('/'); at > 0; at = whole.lastIndexOf('/', at - 1)) {
    const parent = whole.slice(0, at);
    if (parents.has(parent)) return;
    parents.add(parent);
  }
  if (whole.startsWith('./')) parents.add('.');
}

function withoutSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

function sizeOf(before: string): number | undefined {
  const match = SIZE.exec(before);
  return match === null ? undefined : Number(match[1]) * (UNITS[match[2] ?? ''] ?? 1);
}

/** `ls -l`, and `ls -lR` with the directory over its entries. */
function readLong(lines: readonly string[]): Entries | undefined {
  let directory = '';
  let named = 0;
  const entries = lines.map((line): ListingEntry | undefined => {
    const match = LONG.exec(line.slice(0, LONGEST_LINE));
    if (match !== null) {
      named++;
      const start = match[0].length;
      const name = line.slice(start).trimEnd();
      const isDirectory = line.startsWith('d');
      return {
        path: directory + name,
        start,
        size: isDirectory ? undefined : Number(match[1]),
        isDirectory,
        isWhole: false,
      };
    }
    const heading = line.trimEnd();
    if (heading.endsWith(':') && isName(heading.slice(0, -1))) {
      directory = heading === '.:' ? '' : `${heading.slice(0, -1)}/`;
      return { path: heading.slice(0, -1), start: 0, isDirectory: true, isWhole: false };
    }
    return TOTAL.test(line)
      ? { path: directory === '' ? '.' : directory, start: 0, isDirectory: true, isWhole: false }
      : undefined;
  });
  return named === 0 ? undefined : entries;
}

const LONG =
  /^[-dlbcps][-rwxsStT]{9}[+.@]?\s+\d+ +\S+ +\S+ +(\d+) +(?:[A-Z][a-z]{2} +\d+ +[\d:]{4,5}|\d{4}-\d\d-\d\d(?: \d\d:\d\d\S*)?(?: [+-]\d{4})?) /;
const TOTAL = /^total \d/;

/** `tree`, `npm ls`, `cargo tree`, `mvn dependency:tree`. */
function readTree(lines: readonly string[]): Entries | undefined {
  let branches = 0;
  let filled = 0;
  const stack: string[] = [];
  const depths: number[] = [];
  const entries = lines.map((line): ListingEntry | undefined => {
    if (line.trim() === '' || TREE_TOTAL.test(line)) return undefined;
    // The wider the branches, the deeper the entry, in every style.
    const start = treeNameStart(line);
    const depth = start;
    filled++;
    if (depth > 0) branches++;
    const label = line.slice(start).trimEnd();
    const bracket = TREE_SIZE.exec(label);
    const name = bracket === null ? label : label.slice(bracket[0].length);
    while (depths.length > 0 && (depths.at(-1) ?? 0) >= depth) {
      depths.pop();
      stack.pop();
    }
    const parent = stack.at(-1);
    const path = parent === undefined || depth === 0 ? name : `${parent}/${name}`;
    depths.push(depth);
    // A parent's path is cut, so that a deep tree stays linear.
    stack.push(path.length > LONGEST_LINE ? name : path);
    return { path, start, size: bracket === null ? undefined : Number(bracket[1]), isDirectory: false, isWhole: false };
  });
  if (branches < 3 || branches < (filled - 1) * LEAST_SHARE) return undefined;
  return entries.map((entry, index) => {
    if (entry === undefined) return undefined;
    const next = entries[index + 1];
    return next?.path.startsWith(`${entry.path}/`) === true ? { ...entry, isDirectory: true } : entry;
  });
}

const TREE_SIZE = /^\[\s{0,16}(\d{1,16})\]\s{1,4}/;
const TREE_TOTAL = /^\d+ director(?:y|ies)(?:, \d+ files?)?/;
