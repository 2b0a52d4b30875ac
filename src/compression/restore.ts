import { HeadroomError } from '../headroom-error.ts';
import { DEFAULT_SCOPE, type RetrievalStore } from '../retrieval/store.ts';
import type { Decision } from './decision.ts';
import { applyDifferences } from './references/reference-text.ts';
import type { Reference } from './references/reference.ts';
import { STRATEGIES } from './strategies/all-strategies.ts';
import type { EncodingForm } from './strategy.ts';

/**
 * Gives back the tool result that a rewritten one was made from: decodes a lossless encoding, follows a reference to an
 * earlier result, or takes from the store what was left out. JSON comes back up to insignificant white space, everything
 * else character by character. Rejects with a `HeadroomError` (`not-restorable`) when the original was given up for good,
 * or is no longer stored.
 */
export async function restore(
  text: string,
  decision: Pick<Decision, 'rewriting'> | undefined,
  store?: RetrievalStore,
  scope: string = DEFAULT_SCOPE,
): Promise<string> {
  let sent = text;
  let rewriting = decision?.rewriting;
  // A repetition may be of a text that was sent as a reference itself; nothing refers to a repetition.
  while (rewriting?.leftOut === undefined && rewriting?.reference?.manner === 'same') {
    sent = textOf(rewriting.reference);
    rewriting = rewriting.reference.rewriting;
  }
  if (rewriting === undefined) return sent;
  if (rewriting.leftOut !== undefined) return fetchOriginal(rewriting.retrievalId, store, scope);
  const { reference, form, strategy } = rewriting;
  if (reference === undefined) return decode(sent, strategy, form);
  if (reference.manner === 'same' || reference.manner === 'same-selection') {
    throw new HeadroomError('not-restorable', 'A reference to a selection has to say what was left out.');
  }
  if (reference.manner === 'json') {
    const earlier = await restore(textOf(reference), { rewriting: reference.rewriting }, store, scope);
    return applyDifferences(sent, reference.manner, earlier);
  }
  const differing = applyDifferences(sent, reference.manner, textOf(reference));
  return reference.rewriting === undefined ? differing : decode(differing, reference.rewriting.strategy, form);
}

function decode(text: string, strategyName: string, form: EncodingForm | undefined): string {
  const strategy = STRATEGIES.find(({ name }) => name === strategyName);
  if (strategy === undefined) {
    throw new HeadroomError('not-restorable', `No strategy is called "${strategyName}".`);
  }
  return strategy.decode(text, form);
}

/** What goes through JSON, or a structured clone, loses the text that it refers to. */
function textOf({ text, messageIndex }: Partial<Reference>): string {
  if (text !== undefined) return text;
  throw new HeadroomError(
    'not-restorable',
    `The text that was sent in message ${messageIndex} has to be given as rewriting.reference.text.`,
  );
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
