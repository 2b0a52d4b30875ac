import type { CostOf } from '../tokens/prices.ts';
import type { HeadroomEvents } from './bus.ts';

/** What the user told about models, and no provider tells. */
export interface ModelFacts {
  readonly costOf?: CostOf | undefined;
  /** Tokens that a model can hold. */
  readonly contextWindowOf?: ((model: string) => number | undefined) | undefined;
}

const NOTHING: ModelFacts = {};
const facts = new WeakMap<HeadroomEvents, ModelFacts>();

/** What is known of models on a bus: one answer for all that emits or listens there. */
export function modelFactsOf(events: HeadroomEvents): ModelFacts {
  return facts.get(events) ?? NOTHING;
}

/** Makes these the facts of the bus. */
export function shareModelFacts(events: HeadroomEvents, known: ModelFacts): void {
  facts.set(events, known);
}
