/** What `headroom_retrieve` reads as one key without quotes. */
const PLAIN_KEY = /^[\p{L}\p{N}_@#+%&~!?-][\p{L}\p{N}_@#+%&~!?$/-]*$/u;

/**
 * One step on in a path: to a key, given as it stands in the source with its quotes, or to an item of a list.
 * `items[3].status`, `labels["app.kubernetes.io/name"]`; the first item is 0.
 */
export function pathStep(path: string, step: string | number): string {
  if (typeof step === 'number') return `${path}[${step}]`;
  const name = step.slice(1, -1);
  if (!PLAIN_KEY.test(name)) return `${path}[${step}]`;
  return path === '' ? name : `${path}.${name}`;
}
