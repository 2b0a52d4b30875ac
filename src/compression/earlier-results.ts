import { endOfNumber } from './selection/numbered-lines.ts';

/** A tool result that the model knows all of, earlier in the same conversation. */
export interface EarlierResult {
  readonly text: string;
  /** Whether it stands there in full; if not, as a reference to one that does. */
  readonly isShownInFull: boolean;
  /** How a reader finds it: `read_file {"path":"a.ts"}`. */
  readonly name: string;
  /** Its place among the tool results of the conversation, from 0. */
  readonly position: number;
}

/** Smallest hashes of a text's lines: two texts that share many of them share many lines. */
export type LineSketch = readonly number[];

const SKETCH_SIZE = 32;
/** With fewer hashes in common, what two texts share is not worth a comparison. */
const FEWEST_SHARED = 6;
/** Shorter lines, such as braces, are common to texts that have nothing else in common. */
const SHORTEST_LINE_CHARS = 8;
/** A line's number, which an edit above it changes, stands within this. */
const LONGEST_PREFIX_CHARS = 24;

/**
 * The tool results that came before, as they can be referred to: by their whole text, and by what they share with
 * another. Each look-up costs the same, however many there are.
 */
export class EarlierResults {
  readonly #byText = new Map<string, EarlierResult>();
  readonly #byHash = new Map<number, EarlierResult>();

  add(result: EarlierResult, sketch: LineSketch): void {
    if (this.#byText.has(result.text)) return;
    this.#byText.set(result.text, result);
    // What a reference shares with another is best said of the text that it refers to itself.
    if (!result.isShownInFull) return;
    // Later results take the place of earlier ones: the latest reading of a file is the most like the next.
    for (const hash of sketch) this.#byHash.set(hash, result);
  }

  /** The result with the same text, or else the one that shares most with it, if any shares much. */
  findSimilar(text: string, sketch: LineSketch): EarlierResult | undefined {
    const same = this.#byText.get(text);
    if (same !== undefined) return same;
    const votes = new Map<EarlierResult, number>();
    for (const hash of sketch) {
      const result = this.#byHash.get(hash);
      if (result !== undefined) votes.set(result, (votes.get(result) ?? 0) + 1);
    }
    let best: EarlierResult | undefined;
    let most = FEWEST_SHARED - 1;
    for (const [result, count] of votes) {
      if (count > most || (count === most && best !== undefined && result.position > best.position)) {
        best = result;
        most = count;
      }
    }
    return best;
  }
}

/** The sketch of a text: a pure function of its lines, in time linear in its length. */
export function sketchLines(text: string): LineSketch {
  const smallest: number[] = [];
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const from = start + endOfNumber(text.slice(start, Math.min(end, start + LONGEST_PREFIX_CHARS)));
    if (end - from >= SHORTEST_LINE_CHARS) insertSmallest(smallest, hashOf(text, from, end));
    start = end + 1;
  }
  return smallest;
}

/** FNV-1a over UTF-16 units: https://datatracker.ietf.org/doc/html/draft-eastlake-fnv */
function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let index = start; index < end; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

function insertSmallest(smallest: number[], hash: number): void {
  if (smallest.length === SKETCH_SIZE && hash >= (smallest[SKETCH_SIZE - 1] ?? 0)) return;
  let at = smallest.length;
  while (at > 0 && (smallest[at - 1] ?? 0) > hash) at--;
  if (smallest[at - 1] === hash) return;
  smallest.splice(at, 0, hash);
  if (smallest.length > SKETCH_SIZE) smallest.pop();
}
