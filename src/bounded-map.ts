/**
 * A map of at most `limit` entries. One more drops the entry that was set longest ago and hands it to `onDrop`, so that
 * what never came to its end can still be ended.
 */
export class BoundedMap<Value> {
  readonly #entries = new Map<string, Value>();
  /** Set again and again, it is the newest already: to move it costs more than all else. */
  #newest: string | undefined;
  readonly #limit: number;
  readonly #onDrop: ((value: Value) => void) | undefined;

  constructor(limit: number, onDrop?: (value: Value) => void) {
    this.#limit = limit;
    this.#onDrop = onDrop;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): Value | undefined {
    return this.#entries.get(key);
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  /** A copy, oldest first. */
  values(): readonly Value[] {
    return [...this.#entries.values()];
  }

  /** Sets an entry and makes it the newest. */
  set(key: string, value: Value): void {
    if (key !== this.#newest) this.#entries.delete(key);
    this.#entries.set(key, value);
    this.#newest = key;
    if (this.#entries.size <= this.#limit) return;
    const [oldest] = this.#entries.keys();
    const dropped = oldest === undefined ? undefined : this.take(oldest);
    if (dropped !== undefined) this.#onDrop?.(dropped);
  }

  /** Removes an entry and returns it. */
  take(key: string): Value | undefined {
    const value = this.#entries.get(key);
    this.#entries.delete(key);
    return value;
  }

  /** Removes all entries and returns them, oldest first. */
  takeAll(): readonly Value[] {
    const values = [...this.#entries.values()];
    this.#entries.clear();
    return values;
  }
}
