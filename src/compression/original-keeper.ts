import { isAbort } from '../is-abort.ts';
import type { RetrievalStore } from '../retrieval/store.ts';

/** Puts the originals of one prompt where they can be asked for. */
export class OriginalKeeper {
  readonly #store: RetrievalStore | undefined;
  readonly #scope: string;
  #hasTimedOut = false;

  constructor(store: RetrievalStore | undefined, scope: string) {
    this.#store = store;
    this.#scope = scope;
  }

  /**
   * Resolves when the original can be asked for, and rejects when it can not. Once the store has let one wait too long
   * the others are not tried: a prompt with a hundred of them would wait a hundred times.
   */
  async keep(id: string, text: string): Promise<void> {
    if (this.#hasTimedOut) throw new Error('The store did not answer in time before.');
    try {
      await this.#store?.put(id, text, this.#scope);
    } catch (error) {
      this.#hasTimedOut = isAbort(error);
      throw error;
    }
  }
}
