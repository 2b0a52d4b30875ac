/** Where one row of a JSON document stands in its source text: from `start` up to, and without, `end`. */
export interface RowSlice {
  readonly start: number;
  readonly end: number;
}

const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const COLON = 58;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/**
 * The rows of a JSON document, as slices of its source, so that no number and no escape is ever rewritten: the elements
 * of the array that the document is, or else of the array in it that holds the most elements and nothing but objects.
 * `undefined` when the text is not one JSON document, or has no such array.
 */
export function jsonRows(text: string): readonly RowSlice[] | undefined {
  const first = text.charCodeAt(skipSpace(text, 0));
  if (first !== OPEN_ARRAY && first !== OPEN_OBJECT) return undefined;
  try {
    // Only whether it parses: what it gives is never read, for it rounds large numbers.
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return largestArray(text);
}

interface Frame {
  readonly isArray: boolean;
  /** Ends of values are known when the comma or the bracket after them comes. */
  readonly rows: RowSlice[];
  onlyObjects: boolean;
  valueStart: number;
}

/** The text is known to be JSON, so brackets match and what stands between them is well-formed. */
function largestArray(text: string): readonly RowSlice[] | undefined {
  const frames: Frame[] = [];
  let best: readonly RowSlice[] | undefined;
  let lastEnd = 0;
  const closeValue = (frame: Frame): void => {
    if (!frame.isArray || frame.valueStart < 0) return;
    frame.rows.push({ start: frame.valueStart, end: lastEnd });
    frame.valueStart = -1;
  };
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (isSpace(code)) continue;
    const frame = frames.at(-1);
    if (code === COMMA || code === COLON) {
      if (frame !== undefined && code === COMMA) closeValue(frame);
      continue;
    }
    if (code === CLOSE_ARRAY || code === CLOSE_OBJECT) {
      if (frame !== undefined) closeValue(frame);
      frames.pop();
      if (frame?.isArray === true) {
        const isRoot = frames.length === 0;
        if (isRoot) return frame.rows;
        if (frame.onlyObjects && frame.rows.length > (best?.length ?? 0)) best = frame.rows;
      }
      lastEnd = index + 1;
      continue;
    }
    if (frame !== undefined && frame.valueStart < 0) {
      frame.valueStart = index;
      if (code !== OPEN_OBJECT) frame.onlyObjects = false;
    }
    if (code === OPEN_ARRAY || code === OPEN_OBJECT) {
      frames.push({ isArray: code === OPEN_ARRAY, rows: [], onlyObjects: true, valueStart: -1 });
    } else if (code === QUOTE) {
      index = endOfString(text, index);
    }
    lastEnd = index + 1;
  }
  return best;
}

/** The index of the closing quote. */
function endOfString(text: string, open: number): number {
  let index = open + 1;
  while (index < text.length && text.charCodeAt(index) !== QUOTE) {
    index += text.charCodeAt(index) === BACKSLASH ? 2 : 1;
  }
  return index;
}

function skipSpace(text: string, from: number): number {
  let index = from;
  while (index < text.length && isSpace(text.charCodeAt(index))) index += 1;
  return index;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}
