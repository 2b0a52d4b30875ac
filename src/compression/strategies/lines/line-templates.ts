import { severityOf } from '../../selection/log-severity.ts';
import type { EncodeManner } from '../../strategy.ts';
import { estimateTokens } from './estimate-tokens.ts';
import { hasDigit, splitLine } from './mask-line.ts';

/** What stands for a variable in a template. A line that holds it stays as it is. */
export const HOLE = '<*>';

/** `texts[0] HOLE texts[1] HOLE ... texts[n]`. */
export interface LineTemplate {
  readonly texts: readonly string[];
}

export interface TemplatedLine {
  readonly template: LineTemplate;
  readonly values: readonly string[];
}

/** Longer lines, and lines of more words, stay as they are. */
const LONGEST_LINE = 4_000;
const MOST_WORDS = 400;
/** A small group is compared to no more than this many others of its shape. */
const MOST_NEIGHBOURS = 8;
/** Groups of fewer lines look for others to merge with. */
const SMALL_GROUP = 12;
/** Of the words of two groups this share has to be the same for a merger. */
const LEAST_SAME_SHARE = 0.6;
/** How many variables, one after the other, a template may be specialised by. */
const DEEPEST_SPLIT = 4;
/** Less is not worth a look into the legend. */
const LEAST_GAIN = 8;
const MOST_TEMPLATES = 600;
/** Fewer failures than these are shown without a template. */
const MANY_FAILURES = 3;
/** What a line of the legend costs besides the template, and a line of the body besides its values. */
const LEGEND_TOKENS = 4;
const KEY_TOKENS = 2;

interface Row {
  readonly index: number;
  readonly words: readonly string[];
}

/** Lines with the same gaps and the same words, but for the holes. */
interface Group {
  readonly gaps: readonly string[];
  /** `undefined` is a hole. */
  readonly words: readonly (string | undefined)[];
  readonly rows: readonly Row[];
}

/**
 * Finds lines that differ in a few words alone. Every template that is given back saves more than its own line in the
 * legend costs, by estimate; lines that fit none are missing from the answer.
 */
export function mineTemplates(
  lines: readonly (string | undefined)[],
  { keepsValuesWhole }: EncodeManner,
): ReadonlyMap<number, TemplatedLine> {
  const templated = new Map<number, TemplatedLine>();
  const groups = mergeAlike(groupByMask(lines)).flatMap((group) => specialise(group, DEEPEST_SPLIT));
  const worthwhile = groups
    .map(withConstants)
    .map((group) => ({ group, gain: gainOf(group) }))
    .filter(({ group, gain }) => gain > LEAST_GAIN && !isFewFailures(group, lines))
    .toSorted((one, other) => other.gain - one.gain)
    .slice(0, MOST_TEMPLATES);
  for (const { group } of worthwhile) addRows(group, { templated, keepsValuesWhole });
  return templated;
}

function groupByMask(lines: readonly (string | undefined)[]): Group[] {
  const groups = new Map<string, { gaps: readonly string[]; words: readonly (string | undefined)[]; rows: Row[] }>();
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (line === undefined || line === '' || line.length > LONGEST_LINE || isReserved(line)) continue;
    const { words, gaps } = splitLine(line);
    if (words.length === 0 || words.length > MOST_WORDS) continue;
    let key = gaps[0] ?? '';
    const masked: (string | undefined)[] = [];
    for (let position = 0; position < words.length; position++) {
      const word = words[position] ?? '';
      const isHole = hasDigit(word);
      masked.push(isHole ? undefined : word);
      key += isHole ? `\u0000${gaps[position + 1] ?? ''}` : `\u0001${word}\u0001${gaps[position + 1] ?? ''}`;
    }
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { gaps, words: masked, rows: [{ index, words }] });
    else group.rows.push({ index, words });
  }
  return [...groups.values()];
}

/** Holds what marks holes in a template or words in a key. */
function isReserved(line: string): boolean {
  return line.includes(HOLE) || line.includes('\u0000') || line.includes('\u0001');
}

/** Small groups of one shape, most of whose words are the same, become one: the words that differ become holes. */
function mergeAlike(groups: readonly Group[]): Group[] {
  const merged: Group[] = [];
  const shapes = new Map<string, Group[]>();
  for (const group of groups) {
    if (group.rows.length >= SMALL_GROUP) {
      merged.push(group);
      continue;
    }
    const shape = group.gaps.join('\u0000');
    const neighbours = shapes.get(shape);
    if (neighbours === undefined) {
      shapes.set(shape, [group]);
      continue;
    }
    const at = neighbours.findIndex((neighbour) => areAlike(neighbour.words, group.words));
    const neighbour = neighbours[at];
    if (neighbour === undefined) {
      if (neighbours.length < MOST_NEIGHBOURS) neighbours.push(group);
      else merged.push(group);
    } else {
      const words = neighbour.words.map((word, position) => (word === group.words[position] ? word : undefined));
      (neighbour.rows as Row[]).push(...group.rows);
      neighbours[at] = { gaps: neighbour.gaps, words, rows: neighbour.rows };
    }
  }
  for (const neighbours of shapes.values()) merged.push(...neighbours);
  return merged;
}

function areAlike(words: readonly (string | undefined)[], others: readonly (string | undefined)[]): boolean {
  let same = 0;
  for (let position = 0; position < words.length; position++) if (words[position] === others[position]) same++;
  return words.length > 1 && same >= words.length * LEAST_SAME_SHARE;
}

/** Where one value of a hole comes so often that a template of its own is cheaper, gives it one. */
function specialise(group: Group, depth: number): readonly Group[] {
  if (depth === 0 || group.rows.length < 3) return [group];
  const templateTokens = estimateTokens(textsOf(group).join('')) + LEGEND_TOKENS;
  let best: ReadonlySet<string> | undefined;
  let bestPosition = 0;
  let bestGain = 0;
  for (let position = 0; position < group.words.length; position++) {
    if (group.words[position] !== undefined) continue;
    const counts = countValues(group.rows, position);
    if (counts.size === 1) continue;
    const frequent = new Set<string>();
    let gain = 0;
    for (const [value, count] of counts) {
      const saved = count * (estimateTokens(value) + 1) - templateTokens;
      if (saved <= 0) continue;
      gain += saved;
      frequent.add(value);
    }
    if (gain > bestGain) {
      best = frequent;
      bestPosition = position;
      bestGain = gain;
    }
  }
  if (best === undefined) return [group];
  const parts = new Map<string, Row[]>();
  const rest: Row[] = [];
  for (const row of group.rows) {
    const value = row.words[bestPosition] ?? '';
    if (!best.has(value)) rest.push(row);
    else if (parts.has(value)) parts.get(value)?.push(row);
    else parts.set(value, [row]);
  }
  const special: Group[] = [];
  for (const [value, rows] of parts) {
    const words = group.words.map((word, position) => (position === bestPosition ? value : word));
    special.push(...specialise({ gaps: group.gaps, words, rows }, depth - 1));
  }
  if (rest.length > 0) special.push(...specialise({ ...group, rows: rest }, depth - 1));
  return special;
}

function countValues(rows: readonly Row[], position: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const value = row.words[position] ?? '';
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

/** A hole that always holds the same is none. */
function withConstants(group: Group): Group {
  const first = group.rows[0]?.words ?? [];
  const words = group.words.map((word, position) => {
    if (word !== undefined) return word;
    const value = first[position];
    return group.rows.every((row) => row.words[position] === value) ? value : undefined;
  });
  return { ...group, words };
}

function textsOf({ gaps, words }: Group): readonly string[] {
  const texts: string[] = [];
  let text = gaps[0] ?? '';
  for (let position = 0; position < words.length; position++) {
    const word = words[position];
    const gap = gaps[position + 1] ?? '';
    if (word === undefined) {
      texts.push(text);
      text = gap;
    } else {
      text += word + gap;
    }
  }
  texts.push(text);
  return texts;
}

function gainOf(group: Group): number {
  const texts = textsOf(group);
  let constant = 0;
  for (const text of texts) constant += estimateTokens(text);
  const holes = texts.length - 1;
  return group.rows.length * (constant - KEY_TOKENS - holes) - constant - holes - LEGEND_TOKENS;
}

/** A few lines that report a failure are read word by word: they stay as they are. */
function isFewFailures({ rows }: Group, lines: readonly (string | undefined)[]): boolean {
  return rows.length < MANY_FAILURES && rows.some(({ index }) => severityOf(lines[index] ?? '') === 'failure');
}

function addRows(
  group: Group,
  {
    templated,
    keepsValuesWhole,
  }: { readonly templated: Map<number, TemplatedLine>; readonly keepsValuesWhole: boolean },
): void {
  const texts = [...textsOf(group)];
  const values = group.rows.map((row) => row.words.filter((_, position) => group.words[position] === undefined));
  const partedHoles = keepsValuesWhole ? 0 : texts.length - 1;
  for (let hole = 0; hole < partedHoles; hole++) {
    const affix = commonAffix(values.map((row) => row[hole] ?? ''));
    texts[hole] += affix.start;
    texts[hole + 1] = affix.end + (texts[hole + 1] ?? '');
    for (const row of values) {
      const value = row[hole] ?? '';
      row[hole] = value.slice(affix.start.length, value.length - affix.end.length);
    }
  }
  const template: LineTemplate = { texts };
  for (const [at, row] of group.rows.entries()) templated.set(row.index, { template, values: values[at] ?? [] });
}

/** What all values begin and end with, up to a separator, and such that something is left of each. */
function commonAffix(values: readonly string[]): { readonly start: string; readonly end: string } {
  const first = values[0] ?? '';
  let shortest = first.length;
  let start = first.length;
  let end = first.length;
  for (const value of values) {
    shortest = Math.min(shortest, value.length);
    let same = 0;
    while (same < start && first.charCodeAt(same) === value.charCodeAt(same)) same++;
    start = same;
    same = 0;
    while (same < end && first.charCodeAt(first.length - 1 - same) === value.charCodeAt(value.length - 1 - same))
      same++;
    end = same;
  }
  start = Math.min(start, shortest - 1);
  while (start > 0 && !SEPARATORS.has(first[start - 1] ?? '')) start--;
  end = Math.min(end, shortest - start - 1);
  while (end > 0 && !SEPARATORS.has(first[first.length - end] ?? '')) end--;
  return { start: first.slice(0, start), end: end === 0 ? '' : first.slice(-end) };
}

/** Not `-`, `_` and `.`: an identifier and an address stay in one piece, to be found and copied. */
const SEPARATORS = new Set(['/', ':', '@']);
