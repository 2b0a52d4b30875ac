import { checkOptions, isString } from '../../check-options.ts';
import { checkTokenLimits } from '../../compression/token-limits.ts';
import type { EventBus } from '../../events/bus.ts';
import { createWiring, MODEL_OPTION_CHECKS, type HeadroomModelOptions } from '../../model/headroom-model.ts';
import type { ModelWiring } from '../../model/model-call.ts';
import type { CallMetrics, SavingsSummary } from '../../model/savings-ledger.ts';
import { DEFAULT_SCOPE, type RetrievalStore } from '../../retrieval/store.ts';
import { createClientRetrieveTool, type ClientRetrieveTool } from './client-retrieve-tool.ts';
import { FailedBodies } from './failed-bodies.ts';

/** The options of a `HeadroomModel`, and who serves the models. */
export interface HeadroomClientOptions extends HeadroomModelOptions {
  /** Who serves the models, for events and for counting tokens. @default by the host of the request's URL */
  readonly provider?: string | undefined;
}

/** What a wrapped `fetch` and a middleware tell besides what they do: the names of `HeadroomModel`. */
export interface HeadroomClientApi {
  readonly events: EventBus;
  /** Where `headroom_retrieve` finds what was left out. */
  readonly store: RetrievalStore;
  /** `headroom_retrieve` in the shape of each API, and what answers it. */
  readonly retrieveTool: ClientRetrieveTool;
  /** Tokens that calls did not have to send. */
  readonly totalTokensSaved: number;
  /** The last hundred calls. */
  readonly metricsHistory: readonly CallMetrics[];
  getSavingsSummary(): SavingsSummary;
  /** Sets the figures to zero. What was sent stays remembered, so that it is sent the same again. */
  reset(): void;
}

/** What all requests of one client share. */
export interface ClientWiring extends Omit<ModelWiring, 'model' | 'failedPrompts'> {
  readonly provider: string | undefined;
  readonly failedBodies: FailedBodies;
  /** Told once, however many requests are signed. */
  readonly told: Set<string>;
}

export const CLIENT_OPTION_CHECKS = { ...MODEL_OPTION_CHECKS, provider: isString } as const;

/** Throws a `HeadroomError` for options that can not work. */
export function wireClient(owner: string, options: HeadroomClientOptions): ClientWiring {
  checkOptions<HeadroomClientOptions>(owner, options, CLIENT_OPTION_CHECKS);
  checkTokenLimits(owner, options);
  const { failedPrompts: _failedPrompts, ...shared } = createWiring(options);
  return { ...shared, provider: options.provider, failedBodies: new FailedBodies(), told: new Set() };
}

/** The function itself, with what it tells. */
export function withClientApi<Callable extends (...parameters: never) => unknown>(
  callable: Callable,
  { events, store, clock, ledger, options }: ClientWiring,
): Callable & HeadroomClientApi {
  const scope = options.scope ?? DEFAULT_SCOPE;
  const api: HeadroomClientApi = {
    events,
    store,
    retrieveTool: createClientRetrieveTool({ events, store, scope, clock }),
    get totalTokensSaved() {
      return ledger.total.tokensSaved;
    },
    get metricsHistory() {
      return ledger.history;
    },
    getSavingsSummary: () => ledger.summary,
    reset: () => ledger.reset(),
  };
  return Object.defineProperties(callable, Object.getOwnPropertyDescriptors(api)) as Callable & HeadroomClientApi;
}
