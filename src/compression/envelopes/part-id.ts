/** Between the id of an original and the names of parts, the outer before the inner. Ids and names have none. */
const SEPARATOR = '#';

/** The id under which one part of an original can be asked for: `84f2…#stdout`. */
export function partId(id: string, name: string): string {
  return `${id}${SEPARATOR}${name}`;
}
