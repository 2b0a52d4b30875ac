export type StoredOriginal =
  | { readonly status: 'found'; readonly text: string }
  /** It was here and is no longer: too old, or put out for newer ones. */
  | { readonly status: 'expired' }
  | { readonly status: 'unknown' };

/**
 * Where originals wait to be asked for. A scope keeps one tenant's originals from another: what was put in one scope is
 * unknown in every other. Ids are content hashes, so that putting the same text twice is putting it once.
 */
export interface RetrievalStore {
  /** Resolves when the text can be had. A store that can not promise that rejects. */
  put(id: string, text: string, scope: string): Promise<void>;
  get(id: string, scope: string): Promise<StoredOriginal>;
  /** Forgets a whole scope. */
  delete(scope: string): Promise<void>;
}

/** The scope of callers that name none. */
export const DEFAULT_SCOPE = 'default';
