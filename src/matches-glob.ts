/** Whether a name fits a pattern in which each `*` stands for any text, none included. Linear in both. */
export function matchesGlob(name: string, pattern: string): boolean {
  return matchesPieces(name, pattern.split('*'));
}

/** The same, with the pattern taken apart at its stars. */
export function matchesPieces(name: string, pieces: readonly string[]): boolean {
  const first = pieces[0] ?? '';
  if (pieces.length === 1) return name === first;
  const last = pieces.at(-1) ?? '';
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length) return false;
  const end = name.length - last.length;
  let at = first.length;
  // The leftmost place of each piece leaves the most room for the next.
  for (const piece of pieces.slice(1, -1)) {
    const found = name.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
