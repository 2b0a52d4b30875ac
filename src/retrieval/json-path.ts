import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  endOfString,
  endOfValue,
  OPEN_ARRAY,
  OPEN_OBJECT,
  skipSpace,
  type Slice,
} from './json-scan.ts';

/** One value of a document, and where it is. */
export interface Located extends Slice {
  /** As a model asks for it: `items[3].status`. Empty for the whole document. */
  readonly path: string;
}

/** A key, an index, or all that there is. A number can be either of the first two. */
type Step = { readonly key: string } | { readonly all: true };

/** Steps of a path that are read. */
const MOST_STEPS = 256;
/** A key with dots in it comes apart into so many steps at most. */
const MOST_JOINED = 8;
const MOST_MATCHES = 10_000;

/**
 * The steps of a path as models write it: `items[3].status`, `$.items[*].name`, `labels["app.kubernetes.io/name"]`, or a
 * JSON Pointer, `/items/3/status`. The first item of a list is 0. What can not be read is taken for a key.
 */
export function parsePath(path: string): readonly Step[] {
  const text = path.trim();
  if (text.startsWith('/')) {
    const keys = text.slice(1).split('/', MOST_STEPS);
    return keys.map((key) => stepOf(key.replaceAll('~1', '/').replaceAll('~0', '~')));
  }
  const steps: Step[] = [];
  let index = text.startsWith('$') ? 1 : 0;
  while (index < text.length && steps.length < MOST_STEPS) {
    const code = text[index];
    if (code === '.') {
      index += 1;
    } else if (code === '[') {
      const { step, end } = readBracket(text, index);
      steps.push(step);
      index = end;
    } else {
      let end = index;
      while (end < text.length && text[end] !== '.' && text[end] !== '[') end += 1;
      steps.push(stepOf(text.slice(index, end)));
      index = end;
    }
  }
  return steps;
}

function stepOf(key: string): Step {
  return key === '*' ? { all: true } : { key };
}

/** What stands between brackets, and where these end. */
function readBracket(text: string, open: number): { readonly step: Step; readonly end: number } {
  const quote = text[open + 1];
  if (quote === '"' || quote === "'") {
    const end = quote === '"' ? endOfString(text, open + 1) : text.indexOf("'", open + 2) + 1;
    const stop = end <= open + 2 ? text.length : end;
    const close = text[stop] === ']' ? stop + 1 : stop;
    const source = text.slice(open + 1, stop);
    return { step: { key: quote === '"' ? unquote(source) : source.slice(1, -1) }, end: close };
  }
  const close = text.indexOf(']', open);
  const end = close === -1 ? text.length : close;
  const inner = text.slice(open + 1, end).trim();
  return { step: inner === '' ? { all: true } : stepOf(inner), end: end + 1 };
}

/** What a key says. */
export function unquote(source: string): string {
  try {
    const value: unknown = JSON.parse(source);
    return typeof value === 'string' ? value : source;
  } catch {
    return source.replaceAll('"', '');
  }
}

export interface PathMatches {
  /** In the order of the document; empty where the path leads to nothing. */
  readonly found: readonly Located[];
  /** The first place that the path still leads to: the whole document, if to no other. */
  readonly nearest: Located;
}

/** What a path leads to in a JSON text. */
export function findByPath(text: string, steps: readonly Step[]): PathMatches {
  const start = skipSpace(text, 0);
  let nearest: Located = { path: '', start, end: endOfValue(text, start) };
  let found: readonly Located[] = [nearest];
  for (let index = 0; index < steps.length;) {
    const next = follow(text, found, steps.slice(index, index + MOST_JOINED));
    const [first] = next.found;
    if (first === undefined) return { found: [], nearest };
    nearest = first;
    found = next.found;
    index += next.stepCount;
  }
  return { found, nearest };
}

/** One step on from each; keys with dots in them take as many steps as they need. */
function follow(
  text: string,
  from: readonly Located[],
  steps: readonly Step[],
): { readonly found: readonly Located[]; readonly stepCount: number } {
  const [step] = steps;
  if (step === undefined) return { found: from, stepCount: 1 };
  const children = from.map((parent) => childrenOf(text, parent));
  if ('all' in step) return { found: children.flat().slice(0, MOST_MATCHES), stepCount: 1 };
  let key = step.key;
  for (let stepCount = 1; stepCount <= steps.length; stepCount += 1) {
    const found = children.flatMap((ofOne) => ofOne.filter((child) => child.name === key)).slice(0, MOST_MATCHES);
    const more = steps[stepCount];
    if (found.length > 0 || more === undefined || 'all' in more) return { found, stepCount };
    key += `.${more.key}`;
  }
  return { found: [], stepCount: 1 };
}

export interface Child extends Located {
  /** Its key, or its index. */
  readonly name: string;
}

/** What stands right in a list or an object, and nothing for a scalar. */
export function childrenOf(text: string, { path, start }: Located): readonly Child[] {
  const isArray = text.charCodeAt(start) === OPEN_ARRAY;
  if (!isArray && text.charCodeAt(start) !== OPEN_OBJECT) return [];
  const children: Child[] = [];
  let at = skipSpace(text, start + 1);
  while (at < text.length && text.charCodeAt(at) !== CLOSE_ARRAY && text.charCodeAt(at) !== CLOSE_OBJECT) {
    let name = String(children.length);
    let step = `[${name}]`;
    if (!isArray) {
      const end = endOfString(text, at);
      name = unquote(text.slice(at, end));
      step = keyStep(name, path);
      at = skipSpace(text, end);
      if (text.charCodeAt(at) === COLON) at = skipSpace(text, at + 1);
    }
    const end = endOfValue(text, at);
    children.push({ name, path: path + step, start: at, end });
    at = skipSpace(text, end);
    if (text.charCodeAt(at) === COMMA) at = skipSpace(text, at + 1);
  }
  return children;
}

/** `.status`, or `["app.kubernetes.io/name"]` for a key that would be read as something else. */
export function keyStep(name: string, before: string): string {
  if (!/^[\p{L}\p{N}_@#+%&~!?-][\p{L}\p{N}_@#+%&~!?$/-]*$/u.test(name)) return `[${JSON.stringify(name)}]`;
  return before === '' ? name : `.${name}`;
}
