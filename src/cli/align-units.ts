import type { SourceRange } from '../compression/strategy.ts';
import type { AfterLine, BeforePiece, ComparedRow } from './comparison.ts';

export interface AlignRequest {
  readonly units: readonly string[];
  readonly head: string;
  readonly tail: string;
  readonly unit: 'rows' | 'lines';
  /** What went, ascending. */
  readonly ranges: readonly SourceRange[];
  readonly afterLines: readonly string[];
}

/** With fewer of what stayed found again, the two texts are better read one by one. */
const LEAST_FOUND_SHARE = 0.6;
/** A shorter line is found again only where it is the next one to be expected. */
const SHORTEST_TELLING_LINE = 8;

/**
 * Puts every unit that stayed opposite to the line that says it, and what went opposite to what is said in its place.
 * `undefined` where too little of what stayed stands there as it was.
 */
export function alignUnits(request: AlignRequest): readonly ComparedRow[] | undefined {
  const { units, ranges, afterLines } = request;
  const finder = new UnitFinder(request);
  const found = afterLines.map((line) => finder.find(line));
  const foundCount = found.filter((number) => number !== undefined).length;
  if (foundCount === 0 || foundCount < finder.keptCount * LEAST_FOUND_SHARE) return undefined;

  const rows: ComparedRow[] = [];
  const pieces = piecesOf(request);
  let waitingBefore: BeforePiece[] = [];
  let waitingAfter: AfterLine[] = [];
  const flush = (): void => {
    for (let index = 0; index < Math.max(waitingBefore.length, waitingAfter.length); index++) {
      rows.push({ before: waitingBefore[index], after: waitingAfter[index] });
    }
    waitingBefore = [];
    waitingAfter = [];
  };
  let next = pieces.next();
  for (const [index, text] of afterLines.entries()) {
    const number = found[index];
    if (number === undefined) {
      waitingAfter.push({ text, isNotice: text.startsWith('[') && text.endsWith(']') });
      continue;
    }
    for (; next.done !== true && !isUnit(next.value, number); next = pieces.next()) waitingBefore.push(next.value);
    flush();
    rows.push({ before: { type: 'unit', number, text: units[number - 1] ?? '' }, after: { text, isNotice: false } });
    next = pieces.next();
  }
  for (; next.done !== true; next = pieces.next()) waitingBefore.push(next.value);
  flush();
  return ranges.length === 0 ? undefined : rows;
}

function isUnit(piece: BeforePiece, number: number): boolean {
  return piece.type === 'unit' && piece.number === number;
}

/** The original in order: what stayed unit by unit, what went range by range. */
function* piecesOf({ units, head, tail, ranges }: AlignRequest): Generator<BeforePiece, undefined> {
  if (head !== '') yield { type: 'around', text: head };
  let number = 1;
  for (const range of ranges) {
    for (; number < range.first; number++) yield { type: 'unit', number, text: units[number - 1] ?? '' };
    yield { type: 'gap', range };
    number = range.last + 1;
  }
  for (; number <= units.length; number++) yield { type: 'unit', number, text: units[number - 1] ?? '' };
  if (tail !== '') yield { type: 'around', text: tail };
  return undefined;
}

/** Finds which unit a line of the other text says, in order: a unit is found once, and never behind a later one. */
class UnitFinder {
  readonly keptCount: number;
  readonly #units: readonly string[];
  readonly #isRows: boolean;
  readonly #kept: readonly number[];
  /** Place among those kept, by number. */
  readonly #placeOf: ReadonlyMap<number, number>;
  /** Place among those kept of a line that stands there once. */
  readonly #placeOfText: ReadonlyMap<string, number>;
  /** For each place the first one from there on whose line is not blank. */
  readonly #filledFrom: Int32Array;
  #next = 0;

  constructor({ units, unit, ranges }: AlignRequest) {
    this.#units = units;
    this.#isRows = unit === 'rows';
    this.#kept = keptNumbers(ranges, units.length);
    this.keptCount = this.#kept.length;
    this.#placeOf = new Map(this.#kept.map((number, place) => [number, place]));
    this.#filledFrom = filledPlaces(this.#kept, units);
    this.#placeOfText = this.#isRows ? new Map() : placesOfTelling(this.#kept, units);
  }

  find(line: string): number | undefined {
    // By its text first: a line of the original may begin with a number of its own.
    const place = this.#placeByText(line) ?? this.#placeByNumber(line);
    if (place === undefined || place < this.#next) return undefined;
    this.#next = place + 1;
    return this.#kept[place];
  }

  /** `71<tab>the line`, or `37,a cell` in a table of rows. */
  #placeByNumber(line: string): number | undefined {
    const match = /^(\d{1,9})(.?)/.exec(line);
    const separator = match?.[2] ?? '';
    if (match === null || separator !== (this.#isRows ? ',' : '\t')) return undefined;
    return this.#placeOf.get(Number(match[1]));
  }

  #textAt(place: number): string | undefined {
    const number = this.#kept[place];
    return number === undefined ? undefined : this.#units[number - 1];
  }

  #placeByText(line: string): number | undefined {
    if (this.#isRows) return undefined;
    // Blank lines between what stays may have gone without a word.
    const place = line === '' ? this.#next : (this.#filledFrom[this.#next] ?? this.#next);
    if (this.#textAt(place) === line) return place;
    return line.length < SHORTEST_TELLING_LINE ? undefined : this.#placeOfText.get(line);
  }
}

function keptNumbers(ranges: readonly SourceRange[], total: number): readonly number[] {
  const kept: number[] = [];
  let number = 1;
  for (const range of ranges) {
    for (; number < range.first; number++) kept.push(number);
    number = range.last + 1;
  }
  for (; number <= total; number++) kept.push(number);
  return kept;
}

function placesOfTelling(kept: readonly number[], units: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const repeated = new Set<string>();
  for (const [place, number] of kept.entries()) {
    const text = units[number - 1] ?? '';
    if (places.has(text)) repeated.add(text);
    places.set(text, place);
  }
  for (const text of repeated) places.delete(text);
  return places;
}

function filledPlaces(kept: readonly number[], units: readonly string[]): Int32Array {
  const filled = new Int32Array(kept.length);
  let next = kept.length;
  for (let place = kept.length - 1; place >= 0; place--) {
    if ((units[(kept[place] ?? 0) - 1] ?? '').trim() !== '') next = place;
    filled[place] = next;
  }
  return filled;
}
