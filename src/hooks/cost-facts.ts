import type { HeadroomEvents } from '../events/bus.ts';
import type { ModelEnd, RunEnd } from '../events/event.ts';
import { modelFactsOf } from '../events/model-facts.ts';
import { savedCost, type PricedCall, type SavedTokens } from '../tokens/prices.ts';

/** What a call cost and what it would have cost, by what the user told of models. A cost that makes no sense is unknown. */
export function costFactsOf(
  events: HeadroomEvents,
  call: PricedCall & { readonly model: string },
  saved: SavedTokens | undefined,
): Pick<ModelEnd, 'costUsd' | 'costSavedUsd' | 'contextWindowTokens'> {
  const { costOf, contextWindowOf } = modelFactsOf(events);
  const contextWindowTokens = contextWindowOf?.(call.model);
  if (costOf === undefined) return { contextWindowTokens };
  try {
    const costUsd = costOrUnknown(costOf(call));
    const costSavedUsd =
      saved === undefined || costUsd === undefined ? undefined : costOrUnknown(savedCost(costOf, call, saved));
    return { costUsd, costSavedUsd, contextWindowTokens };
  } catch (error) {
    events.fault('hook', 'costOf failed; the cost of a call is unknown.', error);
    return { contextWindowTokens };
  }
}

/** The cost of a run whose calls nobody saw, by the usage that its host told. */
export function costOfRun(
  events: HeadroomEvents,
  { provider, model, usage }: Pick<RunEnd, 'provider' | 'model' | 'usage'>,
): number | undefined {
  return model === undefined ? undefined : costFactsOf(events, { provider, model, usage }, undefined).costUsd;
}

function costOrUnknown(cost: number | undefined): number | undefined {
  return typeof cost === 'number' && Number.isFinite(cost) && cost >= 0 ? cost : undefined;
}
