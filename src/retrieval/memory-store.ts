import { checkOptions, hasMethods, isPositive } from '../check-options.ts';
import type { RetrievalStore, StoredOriginal } from './store.ts';

export interface MemoryStoreOptions {
  /** Bytes of text that are kept, two per character; the least recently used goes first. @default 64 MiB */
  readonly maxBytes?: number | undefined;
  /** An original that nobody put or got for this long expires. @default none does */
  readonly timeToLiveMs?: number | undefined;
  /** Where time comes from, for `timeToLiveMs`. */
  readonly clock?: { monotonicMs(): number } | undefined;
}

export interface MemoryStore extends RetrievalStore {
  /** Bytes of text that are kept now. */
  readonly usedBytes: number;
}

/**
 * A store within the process, bounded by bytes, and by 100,000 originals. It remembers the last 10,000 ids that it had to
 * let go, to say `expired` of them. A text that is larger than the whole store is refused. Throws a `HeadroomError` for
 * wrong options.
 */
export function createMemoryStore(options: MemoryStoreOptions = {}): MemoryStore {
  checkOptions<MemoryStoreOptions>('createMemoryStore', options, {
    maxBytes: isPositive,
    timeToLiveMs: isPositive,
    clock: hasMethods('a clock', 'monotonicMs'),
  });
  const { maxBytes = 64 * 1024 * 1024, timeToLiveMs, clock = { monotonicMs: () => performance.now() } } = options;
  return new Originals(maxBytes, timeToLiveMs, clock);
}

/** Entries cost memory beside their text: without this, empty texts would fill the process. */
const MOST_ORIGINALS = 100_000;
/** Ids of originals that were let go, kept to tell `expired` from `unknown`. */
const REMEMBERED_IDS = 10_000;

interface Original {
  readonly scope: string;
  readonly text: string;
  usedMs: number;
}

class Originals implements MemoryStore {
  usedBytes = 0;
  private readonly maxBytes: number;
  private readonly timeToLiveMs: number | undefined;
  private readonly clock: { monotonicMs(): number };
  /** Least recently used first. */
  private readonly originals = new Map<string, Original>();
  private readonly gone = new Map<string, string>();

  constructor(maxBytes: number, timeToLiveMs: number | undefined, clock: { monotonicMs(): number }) {
    this.maxBytes = maxBytes;
    this.timeToLiveMs = timeToLiveMs;
    this.clock = clock;
  }

  async put(id: string, text: string, scope: string): Promise<void> {
    const bytes = bytesOf(text);
    if (bytes > this.maxBytes) {
      throw new RangeError(`A text of ${bytes} bytes does not fit into a memory store of ${this.maxBytes}.`);
    }
    this.expire();
    const key = keyOf(id, scope);
    this.take(key);
    this.gone.delete(key);
    this.originals.set(key, { scope, text, usedMs: this.clock.monotonicMs() });
    this.usedBytes += bytes;
    for (const oldest of this.originals.keys()) {
      if (this.usedBytes <= this.maxBytes && this.originals.size <= MOST_ORIGINALS) break;
      this.letGo(oldest);
    }
  }

  async get(id: string, scope: string): Promise<StoredOriginal> {
    this.expire();
    const key = keyOf(id, scope);
    const original = this.originals.get(key);
    if (original === undefined) return { status: this.gone.has(key) ? 'expired' : 'unknown' };
    original.usedMs = this.clock.monotonicMs();
    this.originals.delete(key);
    this.originals.set(key, original);
    return { status: 'found', text: original.text };
  }

  async delete(scope: string): Promise<void> {
    for (const [key, original] of this.originals) if (original.scope === scope) this.take(key);
    for (const [key, goneScope] of this.gone) if (goneScope === scope) this.gone.delete(key);
  }

  private expire(): void {
    if (this.timeToLiveMs === undefined) return;
    const unusedSinceMs = this.clock.monotonicMs() - this.timeToLiveMs;
    for (const [key, original] of this.originals) {
      if (original.usedMs > unusedSinceMs) break;
      this.letGo(key);
    }
  }

  private letGo(key: string): void {
    const original = this.take(key);
    if (original === undefined) return;
    this.gone.delete(key);
    this.gone.set(key, original.scope);
    if (this.gone.size <= REMEMBERED_IDS) return;
    for (const oldest of this.gone.keys()) {
      this.gone.delete(oldest);
      return;
    }
  }

  private take(key: string): Original | undefined {
    const original = this.originals.get(key);
    if (original === undefined) return undefined;
    this.originals.delete(key);
    this.usedBytes -= bytesOf(original.text);
    return original;
  }
}

function bytesOf(text: string): number {
  return 2 * text.length;
}

/** The length in front keeps two pairs from becoming one key, whatever characters they hold. */
function keyOf(id: string, scope: string): string {
  return `${scope.length}:${scope}:${id}`;
}
