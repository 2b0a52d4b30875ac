import { parseJson, scanJson, type JsonNode } from '../json/parse-json.ts';
import { writeJson } from '../json/write-json.ts';
import { readPath, type JsonStep } from './json-path.ts';

/** Undoes `writeJsonDelta`: the document, minified. */
export function applyJsonDelta(delta: string, base: string): string {
  const root = parseJson(base);
  if (root === undefined) throw new Error('What a JSON document is compared with has to be one too.');
  const draft = new JsonDraft(root);
  for (const line of delta === '' ? [] : delta.split('\n')) {
    if (line.startsWith('- ')) draft.remove(readPath(line, 2).steps);
    else if (line.startsWith('+ ')) draft.insert(...readAssignment(line, 2));
    else draft.set(...readAssignment(line, 0));
  }
  return writeJson(draft.result);
}

function readAssignment(line: string, start: number): [readonly JsonStep[], JsonNode] {
  const { steps, end } = readPath(line, start);
  const value = line.startsWith(' = ', end) ? scanJson(line, end + 3) : undefined;
  if (value === undefined || value.end !== line.length) throw new Error('A line does not say what a value is.');
  return [steps, value.node];
}

/** A list in which lines are at work. Those that take items out count them where they stood, so they wait for the end. */
interface DraftList {
  readonly type: 'draft-list';
  readonly items: Draft[];
  readonly gone: Set<number>;
  /** By their place in the new list. */
  readonly added: Map<number, JsonNode>;
}

interface DraftObject {
  readonly type: 'draft-object';
  readonly entries: Map<string, Draft>;
}

type Draft = JsonNode | DraftList | DraftObject;

/** A document that is changed line by line. Only what leads to a change is opened. */
class JsonDraft {
  #root: Draft;

  constructor(root: JsonNode) {
    this.#root = root;
  }

  get result(): JsonNode {
    return close(this.#root);
  }

  remove(steps: readonly JsonStep[]): void {
    const { parent, last } = this.#find(steps);
    if (parent.type === 'draft-object' && 'key' in last) parent.entries.delete(last.key);
    else if (parent.type === 'draft-list' && 'first' in last) {
      for (let index = last.first; index <= last.last; index++) parent.gone.add(index);
    } else throw new Error(NOWHERE);
  }

  insert(steps: readonly JsonStep[], value: JsonNode): void {
    const { parent, last } = this.#find(steps);
    if (parent.type !== 'draft-list' || !('first' in last)) throw new Error(NOWHERE);
    parent.added.set(last.first, value);
  }

  set(steps: readonly JsonStep[], value: JsonNode): void {
    const { parent, last } = this.#find(steps);
    if (parent.type === 'draft-list' && 'first' in last) settle(parent)[last.first] = value;
    else if (parent.type === 'draft-object' && 'key' in last) parent.entries.set(last.key, value);
    else throw new Error(NOWHERE);
  }

  /** What the last step is taken in, opened. */
  #find(steps: readonly JsonStep[]): { readonly parent: DraftList | DraftObject; readonly last: JsonStep } {
    const last = steps.at(-1);
    if (last === undefined) throw new Error(NOWHERE);
    let parent = open(this.#root);
    this.#root = parent;
    for (const step of steps.slice(0, -1)) {
      if (parent.type === 'draft-object' && 'key' in step) {
        const child = open(parent.entries.get(step.key));
        parent.entries.set(step.key, child);
        parent = child;
      } else if (parent.type === 'draft-list' && 'first' in step) {
        const items = settle(parent);
        const child = open(items[step.first]);
        items[step.first] = child;
        parent = child;
      } else throw new Error(NOWHERE);
    }
    return { parent, last };
  }
}

const NOWHERE = 'A path leads nowhere.';

function open(node: Draft | undefined): DraftList | DraftObject {
  if (node?.type === 'draft-list' || node?.type === 'draft-object') return node;
  if (node?.type === 'array') {
    return { type: 'draft-list', items: [...node.items], gone: new Set(), added: new Map() };
  }
  if (node?.type !== 'object') throw new Error(NOWHERE);
  const entries = new Map<string, Draft>();
  for (const [index, key] of node.keys.entries()) {
    const value = node.values[index];
    if (value !== undefined) entries.set(key, value);
  }
  return { type: 'draft-object', entries };
}

/** The items of a list, once what is gone is out and what is new is in. */
function settle({ items, gone, added }: DraftList): Draft[] {
  if (gone.size === 0 && added.size === 0) return items;
  const left = items.splice(0).filter((_item, index) => !gone.has(index));
  const total = left.length + added.size;
  for (let next = 0; items.length < total;) {
    const item = added.get(items.length) ?? left[next++];
    if (item === undefined) throw new Error(NOWHERE);
    items.push(item);
  }
  gone.clear();
  added.clear();
  return items;
}

function close(draft: Draft): JsonNode {
  if (draft.type === 'draft-list') return { type: 'array', items: settle(draft).map(close) };
  if (draft.type !== 'draft-object') return draft;
  return { type: 'object', keys: [...draft.entries.keys()], values: [...draft.entries.values()].map(close) };
}
