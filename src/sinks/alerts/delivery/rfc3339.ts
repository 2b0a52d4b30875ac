/** A time as Go writes it: no zeros at the end of the fraction of a second. */
export function rfc3339(timeMs: number): string {
  return new Date(timeMs).toISOString().replace(/\.?0+Z$/, 'Z');
}
