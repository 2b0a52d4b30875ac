import type { MessagePath } from './read-tool-results.ts';

type Container = Record<string | number, unknown>;

/**
 * Makes copies of what leads to a change and of nothing else: messages and parts that no change is in stay the very
 * objects they were, and the caller's own are never written to.
 */
export class CopyOnWrite<Root extends readonly unknown[]> {
  readonly #original: Root;
  readonly #copies = new Set<unknown>();
  #root: unknown;

  constructor(root: Root) {
    this.#original = root;
    this.#root = root;
  }

  replace(path: MessagePath, value: unknown): void {
    let container = this.#own(this.#root);
    this.#root = container;
    for (const key of path.slice(0, -1)) {
      const child = this.#own(container[key]);
      container[key] = child;
      container = child;
    }
    container[path.at(-1) ?? 0] = value;
  }

  /** The very same list when nothing was replaced. */
  get result(): Root {
    return this.#root === this.#original ? this.#original : (this.#root as Root);
  }

  #own(value: unknown): Container {
    if (this.#copies.has(value)) return value as Container;
    const copy = Array.isArray(value) ? value.slice() : copyObject(value as object);
    this.#copies.add(copy);
    return copy as Container;
  }
}

/** A spread that keeps the prototype, for hosts whose messages are instances of classes. */
function copyObject(value: object): object {
  const prototype: unknown = Object.getPrototypeOf(value);
  const copy = { ...value };
  return prototype === Object.prototype ? copy : Object.setPrototypeOf(copy, prototype as object | null);
}
