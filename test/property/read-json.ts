/** A JSON value with every key and the spelling of every number, in order. */
export type ReadJson = string | boolean | null | { readonly number: string } | readonly ReadJson[] | ReadObject;
interface ReadObject {
  readonly members: readonly (readonly [string, ReadJson])[];
}

/**
 * Reads JSON to compare it by. `JSON.parse` alone will not do: it forgets the spelling of numbers and keys that come
 * twice, and V8's (Node 24.21, 26.10) takes a key with escapes for another at times: `{"\\":{"[{":{},"\ud800":{}}}`
 * came back with the key `\\`. So it is asked for one string at a time.
 */
export function readJson(text: string): ReadJson {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s[\]{}:,"]+/gs) ?? [];
  let at = 0;
  const next = (): string => {
    const token = tokens[at++];
    if (token === undefined) throw new Error(`The text ends too early: ${text}`);
    return token;
  };
  const isOver = (end: string): boolean => {
    if (tokens[at] === ',') at++;
    if (tokens[at] !== end) return false;
    at++;
    return true;
  };
  const value = (token: string): ReadJson => {
    if (token === '[') {
      const items: ReadJson[] = [];
      while (!isOver(']')) items.push(value(next()));
      return items;
    }
    if (token === '{') {
      const members: [string, ReadJson][] = [];
      while (!isOver('}')) {
        const key = JSON.parse(next()) as string;
        if (next() !== ':') throw new Error(`A key without a value: ${text}`);
        members.push([key, value(next())]);
      }
      return { members };
    }
    const scalar = JSON.parse(token) as string | number | boolean | null;
    return typeof scalar === 'number' ? { number: token } : scalar;
  };
  return value(next());
}
