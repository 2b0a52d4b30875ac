import { checkOptions, hasMethods, isPositive } from '../check-options.ts';
import { HeadroomError } from '../headroom-error.ts';
import type { RetrievalStore, StoredOriginal } from './store.ts';

/** What is used of a Keyv: any backend will do. */
export interface KeyvLike {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown, timeToLiveMs?: number): Promise<unknown>;
  delete(key: string): Promise<unknown>;
}

export interface KeyvStoreOptions {
  /** How long an original is kept. @default what the Keyv was made with */
  readonly timeToLiveMs?: number | undefined;
}

/**
 * A store over a Keyv, for processes that share their originals.
 *
 * Deleting a scope makes all that was put into it unreachable at once and in every process, by giving the scope a new
 * generation. The originals that this process put (the last 10,000 of them) are also removed from the backend; those of
 * other processes leave it with their time to live, so give it one. A put that runs while its scope is deleted may be lost.
 *
 * Keyv does not tell an expired key from one that never was: `expired` is said of what this process put itself, `unknown`
 * of the rest. A Keyv reports errors by its `error` event and answers as if the key were missing; make it with
 * `throwOnErrors: true` to have them reported as failures.
 */
export function createKeyvStore(keyv: KeyvLike, options: KeyvStoreOptions = {}): RetrievalStore {
  const isKeyv = hasMethods('a Keyv', 'get', 'set', 'delete');
  if (isKeyv(keyv) !== undefined) {
    throw new HeadroomError('invalid-option', 'createKeyvStore takes a Keyv: createKeyvStore(new Keyv(...)).');
  }
  checkOptions<KeyvStoreOptions>('createKeyvStore', options, { timeToLiveMs: isPositive });
  return new KeyvOriginals(keyv, options.timeToLiveMs);
}

const REMEMBERED_IDS = 10_000;

class KeyvOriginals implements RetrievalStore {
  private readonly keyv: KeyvLike;
  private readonly timeToLiveMs: number | undefined;
  /** Keys that this process put, with their scopes, oldest first. */
  private readonly putKeys = new Map<string, string>();

  constructor(keyv: KeyvLike, timeToLiveMs: number | undefined) {
    this.keyv = keyv;
    this.timeToLiveMs = timeToLiveMs;
  }

  async put(id: string, text: string, scope: string): Promise<void> {
    const generation = await this.generationOf(scope);
    // Written again with every original, so that it outlives them.
    if (generation !== '') await this.set(generationKey(scope), generation);
    const key = originalKey(id, scope);
    await this.set(key, { generation, text });
    this.putKeys.delete(key);
    this.putKeys.set(key, scope);
    if (this.putKeys.size <= REMEMBERED_IDS) return;
    for (const oldest of this.putKeys.keys()) {
      this.putKeys.delete(oldest);
      return;
    }
  }

  async get(id: string, scope: string): Promise<StoredOriginal> {
    const key = originalKey(id, scope);
    const [value, generation] = await Promise.all([this.keyv.get(key), this.generationOf(scope)]);
    const original = readOriginal(value);
    if (original !== undefined && original.generation === generation) return { status: 'found', text: original.text };
    return { status: this.putKeys.has(key) ? 'expired' : 'unknown' };
  }

  async delete(scope: string): Promise<void> {
    await this.set(generationKey(scope), crypto.randomUUID());
    for (const [key, putScope] of this.putKeys) {
      if (putScope !== scope) continue;
      this.putKeys.delete(key);
      await this.keyv.delete(key);
    }
  }

  private async generationOf(scope: string): Promise<string> {
    const generation = await this.keyv.get(generationKey(scope));
    return typeof generation === 'string' ? generation : '';
  }

  private async set(key: string, value: unknown): Promise<void> {
    const stored = await this.keyv.set(key, value, this.timeToLiveMs);
    if (stored === false) throw new Error('The Keyv did not store the value.');
  }
}

function readOriginal(value: unknown): { readonly generation: string; readonly text: string } | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { generation, text } = value as { readonly generation?: unknown; readonly text?: unknown };
  return typeof generation === 'string' && typeof text === 'string' ? { generation, text } : undefined;
}

/** The length in front keeps two pairs from becoming one key, whatever characters they hold. */
function originalKey(id: string, scope: string): string {
  return `headroom:original:${scope.length}:${scope}:${id}`;
}

function generationKey(scope: string): string {
  return `headroom:generation:${scope}`;
}
