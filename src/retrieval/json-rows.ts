import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  endOfScalar,
  endOfString,
  isJsonDocument,
  isSpace,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  type Slice,
} from './json-scan.ts';

/** The list of a document whose entries are its rows. */
export interface JsonRows {
  /** Entries of an object are slices of their key and their value. */
  readonly kind: 'array' | 'object';
  readonly rows: readonly Slice[];
}

/** No rows are left out of a list with fewer, so one with as many is what a notice means. */
const FEWEST_ROWS = 8;

/**
 * The rows of a JSON document, as slices of its source, so that no number and no escape is ever rewritten. They are what
 * a notice counts: the entries of the largest array or object of objects that has eight or more, by its characters without
 * white space. Where there is none, they are those of the largest array. `undefined` when the text is not one JSON
 * document, or has no array that is not empty.
 */
export function jsonRows(text: string): JsonRows | undefined {
  if (!isJsonDocument(text)) return undefined;
  return new RowScanner(text).largestList();
}

interface Frame {
  readonly isArray: boolean;
  readonly rows: Slice[];
  onlyObjects: boolean;
  expectsKey: boolean;
  /** Where the entry begins that is being read, or -1. */
  entryStart: number;
  size: number;
}

/** Reads a text that is known to be JSON, so that brackets match and what stands between them is well-formed. */
class RowScanner {
  private readonly text: string;
  private readonly frames: Frame[] = [];
  /** The end of the last character that was no white space. */
  private lastEnd = 0;
  private largest: { readonly frame: Frame; readonly isLong: boolean } | undefined;

  constructor(text: string) {
    this.text = text;
  }

  largestList(): JsonRows | undefined {
    for (let index = 0; index < this.text.length;) index = this.readAt(index);
    if (this.largest === undefined) return undefined;
    const { isArray, rows } = this.largest.frame;
    return { kind: isArray ? 'array' : 'object', rows };
  }

  /** Reads one token and returns where the next begins. */
  private readAt(index: number): number {
    const code = this.text.charCodeAt(index);
    if (isSpace(code)) return index + 1;
    const frame = this.frames.at(-1);
    if (code === COLON) return index + 1;
    if (code === COMMA) {
      if (frame !== undefined) this.endEntry(frame);
      return index + 1;
    }
    if (code === CLOSE_ARRAY || code === CLOSE_OBJECT) {
      if (frame !== undefined) this.endFrame(frame);
      this.lastEnd = index + 1;
      return index + 1;
    }
    if (code === QUOTE && frame?.expectsKey === true) {
      this.lastEnd = endOfString(this.text, index);
      frame.entryStart = index;
      frame.expectsKey = false;
      frame.size += this.lastEnd - index;
      return this.lastEnd;
    }
    if (frame !== undefined) {
      if (frame.isArray) frame.entryStart = index;
      if (code !== OPEN_OBJECT) frame.onlyObjects = false;
    }
    if (code === OPEN_ARRAY || code === OPEN_OBJECT) {
      const isArray = code === OPEN_ARRAY;
      this.frames.push({ isArray, rows: [], onlyObjects: true, expectsKey: !isArray, entryStart: -1, size: 2 });
      this.lastEnd = index + 1;
    } else {
      this.lastEnd = code === QUOTE ? endOfString(this.text, index) : endOfScalar(this.text, index);
      if (frame !== undefined) frame.size += this.lastEnd - index + 1;
    }
    return this.lastEnd;
  }

  private endEntry(frame: Frame): void {
    if (frame.entryStart >= 0) frame.rows.push({ start: frame.entryStart, end: this.lastEnd });
    frame.entryStart = -1;
    frame.expectsKey = !frame.isArray;
    if (!frame.isArray && !frame.onlyObjects) frame.rows.length = 0;
  }

  private endFrame(frame: Frame): void {
    this.endEntry(frame);
    this.frames.pop();
    const around = this.frames.at(-1);
    if (around !== undefined) around.size += frame.size;
    const isLong = frame.rows.length >= FEWEST_ROWS;
    if (!isLong && (!frame.isArray || frame.rows.length === 0)) return;
    const { largest } = this;
    const isLarger = largest === undefined || frame.size > largest.frame.size;
    if (largest === undefined || (isLong === largest.isLong ? isLarger : isLong)) this.largest = { frame, isLong };
  }
}
