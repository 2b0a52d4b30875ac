import { applyUnifiedDiff, writeUnifiedDiff } from './unified-diff.ts';

const FEWEST_PIECES = 8;

/**
 * A unified diff of two texts that are one long line, such as a list that a database driver prints: both are broken into
 * lines behind each closing bracket with a comma. `undefined` for texts with lines of their own, or hardly any brackets.
 */
export function writePieceDiff(text: string, base: string): string | undefined {
  if (text.includes('\n') || base.includes('\n')) return undefined;
  const pieces = breakLine(text);
  return pieces.split('\n', FEWEST_PIECES).length < FEWEST_PIECES
    ? undefined
    : writeUnifiedDiff(pieces, breakLine(base));
}

/** Undoes `writePieceDiff`. */
export function applyPieceDiff(diff: string, base: string): string {
  return applyUnifiedDiff(diff, breakLine(base)).replaceAll('\n', ' ');
}

function breakLine(text: string): string {
  return text.replace(/([)\]}],) /g, '$1\n');
}
