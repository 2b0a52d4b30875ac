import type { GridRow } from '../selection/grid.ts';
import { isRule } from './framed-table.ts';
import { FEWEST_TABLE_ROWS, type FoundTable, type TableFinder, bare } from './text-table.ts';

const FEWEST_COLUMNS = 3;
/** A header is no longer than this, and no word of it. */
const LONGEST_HEADER = 600;
const LONGEST_WORD = 40;
/** Blanks between columns are blank in this share of the lines: a value may be longer than its column. */
const LEAST_BLANK = 0.95;
/** Of the rows this share has values in two columns at least. */
const LEAST_FILLED = 0.9;
const LEAST_CAPITAL = 0.7;

/**
 * A table whose columns stand apart by blanks: below a header in capitals, as of `ps`, `df`, `ss`, `kubectl get`, or
 * below a header and a rule in pieces, as of `strace -c`, `pip list`, `dpkg -l`.
 */
export const findColumns: TableFinder = (lines, start) => {
  const header = bare(lines[start]);
  if (header.length > LONGEST_HEADER || header.trim() === '') return undefined;
  const below = bare(lines[start + 1]);
  const pieces = !IN_ONE_PIECE.test(below) && isRule(below) ? piecesOf(below) : [];
  if (pieces.length >= 2) return cutAt(lines, { start, body: start + 2, cuts: pieces });
  if (!mayBeHeader(header)) return undefined;
  const words = wordsOf(header);
  if (words.length < FEWEST_COLUMNS || !isHeader(words, header)) return undefined;
  const body = isRule(below) ? start + 2 : start + 1;
  let end = body;
  while (end < lines.length && bare(lines[end]).trim() !== '' && !isRule(bare(lines[end]))) end++;
  if (end - body < FEWEST_TABLE_ROWS) return { table: undefined, end };
  const cuts = cutsOf([header, ...lines.slice(body, end).map(bare)], words);
  if (cuts.length < FEWEST_COLUMNS) return { table: undefined, end };
  return cutAt(lines, { start, body, cuts });
};

interface Word {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

function wordsOf(line: string): readonly Word[] {
  const words: Word[] = [];
  for (const match of line.matchAll(/\S+/g)) {
    words.push({ from: match.index, to: match.index + match[0].length, text: match[0] });
  }
  return words;
}

/** Whether enough words begin with neither a small letter nor a bracket; a look at each character, where words are costly. */
function mayBeHeader(line: string): boolean {
  let words = 0;
  let small = 0;
  let isBlank = true;
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    const wasBlank = isBlank;
    isBlank = code === 0x20 || code === 0x09;
    if (isBlank || !wasBlank) continue;
    words++;
    if ((code >= 0x61 && code <= 0x7b) || code === 0x28 || code === 0x5b || code === 0x22) small++;
  }
  return words >= FEWEST_COLUMNS && words - small >= words * LEAST_CAPITAL;
}

/** Words that begin with a capital or a sign, apart by more than one blank somewhere, and no sentence. */
function isHeader(words: readonly Word[], header: string): boolean {
  if (words.some(({ text }) => text.length > LONGEST_WORD || /^\d+(?:\.\d+)?$|[.,;!?]$/.test(text))) return false;
  const capital = words.filter(({ text }) => /^[\p{Lu}%#]|^\d+[A-Z]/u.test(text)).length;
  if (capital < words.length * LEAST_CAPITAL) return false;
  const isUpper = words.filter(({ text }) => text === text.toUpperCase()).length >= words.length * LEAST_CAPITAL;
  return isUpper || /\S {2,}\S/.test(header);
}

/** Headings of Markdown have such rules under them, and there may be very many. */
const IN_ONE_PIECE = /^(?:[=+]+|-+)$/;

/** Where the pieces of a rule begin. */
function piecesOf(rule: string): readonly number[] {
  const cuts: number[] = [];
  const pattern = rule.includes('=') ? /[=+]+/g : /-+/g;
  for (const match of rule.matchAll(pattern)) cuts.push(match.index);
  return cuts;
}

/** Where columns begin: behind a stretch that is blank in nearly all lines, if words of the header are on both sides. */
function cutsOf(lines: readonly string[], words: readonly Word[]): readonly number[] {
  const width = words.at(-1)?.to ?? 0;
  const filled = new Uint32Array(width + 1);
  for (const line of lines) {
    const end = Math.min(line.length, width);
    for (let at = 0; at < end; at++) if (line.charCodeAt(at) !== 32) filled[at] = (filled[at] ?? 0) + 1;
  }
  const most = Math.floor(lines.length * (1 - LEAST_BLANK));
  const isBlank = (at: number): boolean => (filled[at] ?? 0) <= most;
  const cuts = [0];
  for (let word = 1; word < words.length; word++) {
    const from = words[word - 1]?.to ?? 0;
    const to = words[word]?.from ?? 0;
    // `Mounted on` is one name.
    if (to === from + 1 && /^\p{Ll}/u.test(words[word]?.text ?? '')) continue;
    // A stretch may begin under the one word and end under the other, when values are shorter than the names.
    let cut: number | undefined;
    for (let at = to; at >= from; at--) {
      if (isBlank(at - 1) && at - 1 >= from) {
        cut = at;
        break;
      }
    }
    if (cut !== undefined) cuts.push(cut);
  }
  return cuts;
}

interface Cut {
  readonly start: number;
  readonly body: number;
  readonly cuts: readonly number[];
}

function cutAt(lines: readonly string[], { start, body, cuts }: Cut): FoundTable {
  const cellsOf = (line: string): readonly string[] =>
    cuts.map((cut, index) => line.slice(index === 0 ? 0 : cut, cuts[index + 1]).trim());
  const frame = Array.from({ length: body - start }, (_none, index) => start + index);
  const rows: GridRow[] = [];
  let filled = 0;
  let at = body;
  for (; at < lines.length; at++) {
    const line = bare(lines[at]);
    if (line.trim() === '') break;
    if (isRule(line)) {
      frame.push(at);
      // Below the last rule stands a sum.
      if (body === start + 2 && isRule(bare(lines[start + 1])) && bare(lines[at + 1]).trim() !== '') {
        frame.push(at + 1);
        at++;
      }
      at++;
      break;
    }
    const values = cellsOf(line);
    if (values.filter((value) => value !== '').length >= 2) filled++;
    rows.push({ firstLine: at, lastLine: at, values });
  }
  if (rows.length < FEWEST_TABLE_ROWS || filled < rows.length * LEAST_FILLED) return { table: undefined, end: at };
  return { table: { style: 'columns', columns: cellsOf(bare(lines[start])), frame, rows }, end: at };
}
