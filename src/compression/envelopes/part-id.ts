/** Between the id of an original and the names of parts, the outer before the inner. Ids and names have none. */
const SEPARATOR = '#';
/** Of the names in an id so many are read: parts are opened no deeper. */
const MOST_NAMES = 4;

/** The id under which one part of an original can be asked for: `84f2…#stdout`. */
export function partId(id: string, name: string): string {
  return `${id}${SEPARATOR}${name}`;
}

/** The id of an original, and the names behind it. */
export function splitPartId(id: string): { readonly id: string; readonly names: readonly string[] } {
  const [original = '', ...names] = id.split(SEPARATOR, MOST_NAMES + 1);
  return { id: original.trim(), names: names.map((name) => name.trim()) };
}
