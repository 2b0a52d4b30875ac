import type { SyntaxParser, SyntaxTree } from './syntax-tree.ts';

/** The parser asks for so many characters at a time: its buffer holds 5,120. */
const CHUNK_CHARS = 2_048;
/** It may read a text so often on average. Sources are read two to five times. */
const MOST_READS = 20;
const FREE_READS = 100;
/** It reports after each hundred steps: for sources once in fifty characters, or more rarely by far. */
const MOST_REPORTS_PER_CHAR = 0.04;
const FREE_REPORTS = 200;

/**
 * Parses a text; `undefined` when that takes more work than a source of this length does. Counts what the parser does, as
 * a clock would not say the same twice.
 */
export function parseBounded(parser: SyntaxParser, text: string): SyntaxTree | undefined {
  let reads = FREE_READS + (text.length / CHUNK_CHARS) * MOST_READS;
  let reports = FREE_REPORTS + text.length * MOST_REPORTS_PER_CHAR;
  const isSpent = (): boolean => reads <= 0 || reports <= 0;
  // Nodes read their text through this as well, once the tree is there.
  let isParsing = true;
  const read = (index: number): string => {
    if (isParsing) reads--;
    return isParsing && isSpent() ? '' : text.slice(index, index + CHUNK_CHARS);
  };
  const progressCallback = (): boolean => {
    reports--;
    return isSpent();
  };
  const tree = parser.parse(read, null, { progressCallback });
  isParsing = false;
  if (tree === null) return undefined;
  if (!isSpent()) return tree;
  tree.delete();
  return undefined;
}
