import { checkOptions, hasMethods, isPositive, type OptionChecks } from '../check-options.ts';
import { createEngineMemo } from '../compression/engine-memo.ts';
import { ENGINE_OPTION_CHECKS, type Loss, type Mode } from '../compression/options.ts';
import { checkTokenLimits, type TokenLimits } from '../compression/token-limits.ts';
import type { ToolRule } from '../compression/tool-rules.ts';
import type { BudgetGuard } from '../events/budget-guard.ts';
import { EventBus } from '../events/bus.ts';
import { systemClock, type Clock } from '../events/clock.ts';
import { createIds } from '../events/ids.ts';
import { HeadroomError } from '../headroom-error.ts';
import type { RetrievalStore } from '../retrieval/store.ts';
import { shareStore, storeOf } from '../retrieval/store-of.ts';
import { callModel } from './call-model.ts';
import { isCompressed } from './compressed-call.ts';
import type { CallOptions, LanguageModelLike } from './language-model.ts';
import type { ModelWiring } from './model-call.ts';
import { OpenCalls } from './open-calls.ts';
import { SavingsLedger, type CallMetrics, type SavingsSummary } from './savings-ledger.ts';

/** Marks a `HeadroomModel` whichever copy of the package made it, where `instanceof` would not. */
export const HEADROOM_MODEL = Symbol.for('headroom.model');

export interface HeadroomModelOptions extends TokenLimits {
  /** The bus of `createHeadroomHooks()`. @default a bus of its own */
  readonly events?: EventBus | undefined;
  /** Where originals go. @default the memory store that belongs to `events`, which the hooks share */
  readonly store?: RetrievalStore | undefined;
  /** Keeps the originals of one tenant from another's. @default 'default' */
  readonly scope?: string | undefined;
  /**
   * What may be left out of a tool result. `recoverable` holds in calls that offer `headroom_retrieve` and is `none` in
   * all others. @default 'recoverable'
   */
  readonly loss?: Loss | undefined;
  /** `audit` measures and changes nothing. @default 'optimize' */
  readonly mode?: Mode | undefined;
  /** A rule per tool name, or per glob such as `mcp__*`. */
  readonly tools?: Readonly<Record<string, ToolRule>> | undefined;
  /**
   * Whether a result that comes again may refer to the earlier one in the same prompt. @default true, but for calls that
   * ask the provider to drop old results
   */
  readonly references?: boolean | undefined;
  /** A stream that nobody reads is ended as abandoned after this long. @default 30 minutes */
  readonly callTimeToLiveMs?: number | undefined;
  /**
   * Asked before each call, such as `createAlerts()` with rules that `enforce`. A call beyond a budget is not made: it
   * throws a `HeadroomBudgetError`, whether the call is a retry or not. @default none
   */
  readonly budget?: BudgetGuard | undefined;
  readonly clock?: Clock | undefined;
}

/** For adapters that take the same options. */
export const MODEL_OPTION_CHECKS: OptionChecks<HeadroomModelOptions> = {
  ...ENGINE_OPTION_CHECKS,
  events: hasMethods('the events of createHeadroomHooks(), or an EventBus', 'on', 'emit', 'isHeard', 'fault'),
  callTimeToLiveMs: isPositive,
  budget: hasMethods('a budget guard, such as createAlerts()', 'exceededBy'),
  clock: hasMethods('a clock', 'now', 'monotonicMs', 'schedule'),
};

/** What a `HeadroomModel` has besides all that the model it wraps has. */
export interface HeadroomModelApi<Model extends LanguageModelLike> {
  readonly [HEADROOM_MODEL]: true;
  /** The model that is wrapped: its class tells what it can do. */
  readonly underlyingModel: Model;
  readonly events: EventBus;
  /** Where `headroom_retrieve` finds what was left out. */
  readonly store: RetrievalStore;
  readonly scope: string;
  readonly loss: Loss;
  readonly mode: Mode;
  /** Tokens that calls did not have to send, since the model was made or last reset. */
  readonly totalTokensSaved: number;
  /** The last hundred calls. */
  readonly metricsHistory: readonly CallMetrics[];
  getSavingsSummary(): SavingsSummary;
  /** Sets the figures to zero. What was sent stays remembered, so that it is sent the same again. */
  reset(): void;
}

/** The model that was wrapped, in its own exact type, and what wrapping adds. */
export type HeadroomModel<Model extends LanguageModelLike = LanguageModelLike> = Model & HeadroomModelApi<Model>;

/** One call more than this ends the oldest that is open, which nobody can still be waiting for. */
const MOST_OPEN_CALLS = 10_000;

const DEFAULT_CALL_TIME_TO_LIVE_MS = 30 * 60_000;

/** Private by symbol: hosts put models behind a Proxy, through which ECMAScript `#private` members can not be read. */
const WIRING = Symbol('wiring');

class WrappedModel<Model extends LanguageModelLike> implements HeadroomModelApi<Model> {
  readonly [HEADROOM_MODEL] = true as const;
  readonly underlyingModel: Model;
  readonly [WIRING]: ModelWiring;

  constructor(model: Model, options: HeadroomModelOptions = {}) {
    checkModel(model);
    checkOptions('HeadroomModel', options, MODEL_OPTION_CHECKS);
    checkTokenLimits('HeadroomModel', options);
    // Compressing what a wrapped model would compress again helps nobody, so the outer settings replace the inner ones.
    const inner = isHeadroomModel(model) ? (model.underlyingModel as Model) : model;
    this.underlyingModel = inner;
    this[WIRING] = { ...createWiring(options), model: inner };
    // Hosts read more of a model than the specs name, so that what is not here is read from the model itself.
    return new Proxy(this, {
      get: (target, key) => (key in target ? Reflect.get(target, key) : readThrough(inner, key)),
      has: (target, key) => key in target || key in inner,
    });
  }

  get specificationVersion(): string {
    return this.underlyingModel.specificationVersion;
  }

  get provider(): string {
    return this.underlyingModel.provider;
  }

  get modelId(): string {
    return this.underlyingModel.modelId;
  }

  get supportedUrls(): unknown {
    return this.underlyingModel.supportedUrls;
  }

  get events(): EventBus {
    return this[WIRING].events;
  }

  get store(): RetrievalStore {
    return this[WIRING].store;
  }

  get scope(): string {
    return this[WIRING].options.scope ?? 'default';
  }

  get loss(): Loss {
    return this[WIRING].options.loss ?? 'recoverable';
  }

  get mode(): Mode {
    return this[WIRING].options.mode ?? 'optimize';
  }

  get totalTokensSaved(): number {
    return this[WIRING].ledger.total.tokensSaved;
  }

  get metricsHistory(): readonly CallMetrics[] {
    return this[WIRING].ledger.history;
  }

  getSavingsSummary(): SavingsSummary {
    return this[WIRING].ledger.summary;
  }

  reset(): void {
    this[WIRING].ledger.reset();
  }

  async doGenerate(options: CallOptions): Promise<unknown> {
    return callWrapped(this, 'doGenerate', options);
  }

  async doStream(options: CallOptions): Promise<unknown> {
    return callWrapped(this, 'doStream', options);
  }
}

/** No method: every name that the class has hides one that the wrapped model may have. */
function callWrapped(
  { underlyingModel: model, [WIRING]: wiring }: WrappedModel<LanguageModelLike>,
  method: 'doGenerate' | 'doStream',
  options: CallOptions,
): PromiseLike<unknown> {
  if (isCompressed(options)) return model[method](options as never);
  return callModel(wiring, { model, method, options });
}

/**
 * A drop-in for a language model of spec v2, v3 or v4 (AI SDK 5, 6, 7 and every host that takes such models). Before
 * each call it rewrites the prompt's tool results in fewer tokens, and it tells `events` what it did; all else, both
 * ways, is the wrapped model's own.
 *
 * Throws a `HeadroomError` for what is not a model (a model's name is not one) and for options that can not work.
 */
export const HeadroomModel = WrappedModel as unknown as new <Model extends LanguageModelLike>(
  model: Model,
  options?: HeadroomModelOptions,
) => HeadroomModel<Model>;

/** Whether this is a `HeadroomModel`, of this copy of the package or another. */
export function isHeadroomModel(model: unknown): model is HeadroomModel {
  return typeof model === 'object' && model !== null && HEADROOM_MODEL in model;
}

/** All that calls share, but for the model. */
export function createWiring(options: HeadroomModelOptions): Omit<ModelWiring, 'model'> {
  const clock = options.clock ?? systemClock;
  const events = options.events ?? new EventBus({ clock });
  return {
    options,
    events,
    clock,
    store: options.store === undefined ? storeOf(events) : shareStore(events, options.store),
    ids: createIds(),
    memo: createEngineMemo(),
    ledger: new SavingsLedger(),
    openCalls: new OpenCalls({
      clock,
      callLimit: MOST_OPEN_CALLS,
      timeToLiveMs: options.callTimeToLiveMs ?? DEFAULT_CALL_TIME_TO_LIVE_MS,
    }),
    failedPrompts: new WeakSet(),
  };
}

function checkModel(model: unknown): asserts model is LanguageModelLike {
  if (typeof model === 'string') {
    throw new HeadroomError(
      'invalid-model',
      'HeadroomModel wraps a model object, not a name: make one with a provider, such as openai("gpt-5").',
    );
  }
  const problem = hasMethods('a language model with doGenerate and doStream', 'doGenerate', 'doStream')(model);
  if (problem !== undefined) throw new HeadroomError('invalid-model', `What HeadroomModel wraps ${problem}.`);
}

function readThrough(model: LanguageModelLike, key: PropertyKey): unknown {
  const value: unknown = Reflect.get(model, key);
  return typeof value === 'function' ? value.bind(model) : value;
}
