import type { KeyvLike } from '../../src/retrieval/keyv-store.ts';

/** Keyv's interface over a Map: values go through JSON, a time to live expires, what is missing is `undefined`. */
export class KeyvFake implements KeyvLike {
  readonly entries = new Map<string, { readonly json: string; readonly expiresMs: number }>();
  nowMs = 0;

  async get(key: string): Promise<unknown> {
    const entry = this.entries.get(key);
    if (entry === undefined || entry.expiresMs <= this.nowMs) return undefined;
    return JSON.parse(entry.json);
  }

  async set(key: string, value: unknown, timeToLiveMs = Infinity): Promise<boolean> {
    this.entries.set(key, { json: JSON.stringify(value), expiresMs: this.nowMs + timeToLiveMs });
    return true;
  }

  async delete(key: string): Promise<boolean> {
    return this.entries.delete(key);
  }
}
