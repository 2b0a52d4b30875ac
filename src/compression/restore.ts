import { HeadroomError } from '../headroom-error.ts';
import { DEFAULT_SCOPE, type RetrievalStore } from '../retrieval/store.ts';
import type { Decision } from './decision.ts';
import { STRATEGIES } from './strategies/all-strategies.ts';

/**
 * Gives back the tool result that a rewritten one was made from: decodes a lossless encoding, or takes from the store
 * what was left out. JSON comes back up to insignificant white space, everything else character by character.
 * Rejects with a `HeadroomError` (`not-restorable`) when the original was given up for good, or is no longer stored.
 */
export async function restore(
  text: string,
  decision: Pick<Decision, 'rewriting'> | undefined,
  store?: RetrievalStore,
  scope: string = DEFAULT_SCOPE,
): Promise<string> {
  const rewriting = decision?.rewriting;
  if (rewriting === undefined) return text;
  if (rewriting.leftOut !== undefined) return fetchOriginal(rewriting.retrievalId, store, scope);
  const strategy = STRATEGIES.find(({ name }) => name === rewriting.strategy);
  if (strategy === undefined) {
    throw new HeadroomError('not-restorable', `No strategy is called "${rewriting.strategy}".`);
  }
  return strategy.decode(text, rewriting.form);
}

async function fetchOriginal(
  id: string | undefined,
  store: RetrievalStore | undefined,
  scope: string,
): Promise<string> {
  if (id === undefined) {
    throw new HeadroomError('not-restorable', "The original was left out with loss: 'allowed', which keeps none.");
  }
  const stored = await store?.get(id, scope);
  if (stored?.status === 'found') return stored.text;
  throw new HeadroomError(
    'not-restorable',
    `The original ${id} is ${stored?.status ?? 'not to be had without a store'}: pass the store that it was put in.`,
  );
}
