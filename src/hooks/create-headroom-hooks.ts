import { checkOptions, hasMethods, isCount, isFunction, isOneOf, isPositive } from '../check-options.ts';
import { EventBus, type HeadroomEvents, type Listener, type Unsubscribe } from '../events/bus.ts';
import { systemClock, type Clock } from '../events/clock.ts';
import type { AlertFiring, AlertResolved, EventOf, EventType } from '../events/event.ts';
import { createIds } from '../events/ids.ts';
import { modelFactsOf, shareModelFacts } from '../events/model-facts.ts';
import type { Sink } from '../events/sink.ts';
import { runWork } from '../events/surroundings.ts';
import { HeadroomError } from '../headroom-error.ts';
import { createRetrieveTool, RETRIEVE_TOOL_NAME, type RetrieveTool } from '../retrieval/retrieve-tool.ts';
import { shareStore, storeOf } from '../retrieval/store-of.ts';
import { DEFAULT_SCOPE, type RetrievalStore } from '../retrieval/store.ts';
import { createTokenAlerts } from '../sinks/alerts/token-alerts.ts';
import { createConsoleSink } from '../sinks/console-sink.ts';
import { isByModel, matchModel, type ByModel } from '../tokens/by-model.ts';
import { costByPrices, isPrices, type CostOf, type Prices } from '../tokens/prices.ts';
import { withAiSdkHooks } from './ai-sdk-settings.ts';
import { createAiSdkTelemetry, type AiSdkTelemetry, type AiSdkTelemetrySettings } from './ai-sdk-telemetry.ts';
import { AiSdkTracing } from './ai-sdk-tracer.ts';
import { outcomeOf } from './outcome-of.ts';
import { HeadroomPostHook } from './post-hook.ts';
import { HeadroomPreHook } from './pre-hook.ts';
import { currentRun, withinRun } from './run-scope.ts';
import { createRunTable, type RunTable } from './run-table.ts';
import { DEFAULT_RUN_LIMIT, DEFAULT_RUN_TIME_TO_LIVE_MS, shareRuns } from './runs-of.ts';

export interface HeadroomHooksOptions {
  /** A bus to use instead of a new one. */
  readonly events?: EventBus | undefined;
  /** Where `headroom_retrieve` finds originals. @default a memory store that belongs to `events` */
  readonly store?: RetrievalStore | undefined;
  /** Alerts once a run has used more tokens than this, input and output. 0 is a threshold. */
  readonly tokenAlertThreshold?: number | undefined;
  /** Told of every alert, firing and resolved. May be slow, throw or reject: the agent does not notice. */
  readonly onAlert?: ((alert: AlertFiring | AlertResolved) => void | Promise<void>) | undefined;
  /** `info` prints a line per run, `debug` one per event, `silent` none. @default 'silent' */
  readonly logLevel?: 'silent' | 'info' | 'debug' | undefined;
  /** Prometheus, OpenTelemetry, your own. */
  readonly sinks?: readonly Sink[] | undefined;
  /** What models cost, in USD for a million tokens: for the cost in events, metrics, spans and alerts. @default unknown */
  readonly prices?: Prices | undefined;
  /** What a call costs, in USD, in place of `prices`. */
  readonly costOf?: CostOf | undefined;
  /** Tokens that models can hold, by name or pattern: `{ 'gpt-5*': 400_000 }`. @default unknown */
  readonly contextWindows?: ByModel<number> | undefined;
  /** @default 1000 */
  readonly runLimit?: number | undefined;
  /** @default 30 minutes */
  readonly runTimeToLiveMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

/** Everything in it may be taken out of it: `const { preHook, on, close } = createHeadroomHooks()`. */
export interface HeadroomHooks {
  readonly preHook: HeadroomPreHook;
  readonly postHook: HeadroomPostHook;
  readonly events: EventBus;
  /** `headroom_retrieve`, for hosts that take AI SDK tools: `tools: { ...myTools, ...hooks.tools }`. */
  readonly tools: Readonly<Record<'headroom_retrieve', RetrieveTool>>;
  readonly store: RetrievalStore;
  /** For adapters: the runs that are open. */
  readonly runs: RunTable;
  /**
   * The `telemetry` setting of ai 7: `new ToolLoopAgent({ telemetry: hooks.telemetry() })`. Settings of ai that are given
   * are kept: `hooks.telemetry({ functionId: 'support', integrations: [mine] })`.
   */
  readonly telemetry: <Settings extends AiSdkTelemetrySettings = AiSdkTelemetrySettings>(
    settings?: Settings,
  ) => AiSdkTelemetry<Settings>;
  /**
   * The settings of an agent of ai 6 or ai 7, or of a call of `generateText` or `streamText`, with our parts among them:
   * `new ToolLoopAgent(hooks.settings({ model, tools }))`. Each call is a run, and has `headroom_retrieve` among its tools
   * where its `HeadroomModel` may leave something out. Nothing that is given is changed or lost.
   */
  readonly settings: <Settings extends object>(own: Settings) => Settings;
  /** Runs `callback` as one run, for hosts without hooks: starts it, ends it with its outcome, and rethrows its error. */
  readonly run: <Result>(
    callback: () => Promise<Result>,
    run?: { readonly agent?: string | undefined; readonly sessionId?: string | undefined },
  ) => Promise<Result>;
  readonly on: <Type extends EventType>(type: Type, listener: Listener<EventOf<Type>>) => Unsubscribe;
  /** Resolves when every sink has delivered what it heard so far, or given up. Never rejects. */
  readonly flush: () => Promise<void>;
  /** Ends open runs as aborted, lets go of every sink and listener, and flushes the sinks. Never rejects. */
  readonly close: () => Promise<void>;
}

/**
 * One pair of hooks on one bus, with the sinks that listen to it. Throws a `HeadroomError` for an option that does not
 * exist or has the wrong type.
 */
export function createHeadroomHooks(options: HeadroomHooksOptions = {}): HeadroomHooks {
  checkOptions<HeadroomHooksOptions>('createHeadroomHooks', options, {
    events: hasMethods('an event bus', 'on', 'onAny', 'emit', 'isHeard', 'fault'),
    store: hasMethods('a retrieval store', 'put', 'get', 'delete'),
    tokenAlertThreshold: isCount,
    onAlert: isFunction,
    logLevel: isOneOf('silent', 'info', 'debug'),
    sinks: isListOfSinks,
    prices: isPrices,
    costOf: isFunction,
    contextWindows: isByModel('numbers of tokens above 0', (tokens) => isPositive(tokens) === undefined),
    runLimit: isWhole,
    runTimeToLiveMs: isPositive,
    clock: hasMethods('a clock', 'now', 'monotonicMs', 'schedule'),
  });
  const { clock = systemClock, onAlert } = options;
  const ids = createIds();
  const events = options.events ?? new EventBus({ clock });
  tellOfModels(events, options);
  const store = options.store === undefined ? storeOf(events) : shareStore(events, options.store);

  // The table comes first, so that a run knows of an event before any sink does.
  const runs = createRunTable({
    events,
    clock,
    ids,
    runLimit: options.runLimit ?? DEFAULT_RUN_LIMIT,
    runTimeToLiveMs: options.runTimeToLiveMs ?? DEFAULT_RUN_TIME_TO_LIVE_MS,
  });
  shareRuns(events, runs);
  const preHook = new HeadroomPreHook({ events, runs, clock });
  const postHook = new HeadroomPostHook({ events, runs, clock });

  const tracing = new AiSdkTracing({ runs, events, ids });
  const sinks = sinksOf(options, clock);
  const unsubscribes = new Set<Unsubscribe>([
    ...attach(sinks, events),
    () => preHook.detach(),
    () => postHook.detach(),
    () => tracing.close(),
  ]);
  if (onAlert !== undefined) {
    unsubscribes.add(events.on('alert.firing', onAlert)).add(events.on('alert.resolved', onAlert));
  }
  let closing: Promise<void> | undefined;

  return {
    preHook,
    postHook,
    events,
    store,
    runs,
    tools: {
      [RETRIEVE_TOOL_NAME]: createRetrieveTool({ store, scope: DEFAULT_SCOPE, events, clock, run: currentRun }),
    },
    telemetry: (settings) => createAiSdkTelemetry({ runs, events, ids, settings }),
    settings: (own) => withAiSdkHooks(own, { runs, events, ids, tracing }),
    async run(callback, { agent, sessionId } = {}) {
      const around = currentRun();
      const scope = {
        runId: ids('run'),
        parentRunId: around?.runId,
        sessionId: sessionId ?? around?.sessionId,
        agent,
      };
      runs.start(scope);
      try {
        const result = await withinRun(scope, () => runWork(events, { runId: scope.runId }, callback));
        runs.end({ ...scope, outcome: 'ok' });
        return result;
      } catch (error) {
        runs.end({ ...scope, outcome: outcomeOf(error), error });
        throw error;
      }
    },
    on(type, listener) {
      const unsubscribe = events.on(type, listener);
      unsubscribes.add(unsubscribe);
      return () => {
        unsubscribes.delete(unsubscribe);
        unsubscribe();
      };
    },
    flush: () => callEach(sinks, 'flush', events),
    close() {
      closing ??= (async () => {
        runs.close();
        for (const unsubscribe of unsubscribes) unsubscribe();
        unsubscribes.clear();
        await callEach(sinks, 'close', events);
      })();
      return closing;
    },
  };
}

/** Before any sink is attached, since some need to know whether there are prices. */
function tellOfModels(events: EventBus, { prices, costOf, contextWindows }: HeadroomHooksOptions): void {
  if (prices !== undefined && costOf !== undefined) {
    throw new HeadroomError('invalid-option', 'createHeadroomHooks takes prices or costOf, not both.');
  }
  const known = {
    costOf: prices === undefined ? costOf : costByPrices(prices),
    contextWindowOf: contextWindows === undefined ? undefined : matchModel(contextWindows),
  };
  const others = modelFactsOf(events);
  shareModelFacts(events, {
    costOf: known.costOf ?? others.costOf,
    contextWindowOf: known.contextWindowOf ?? others.contextWindowOf,
  });
}

function sinksOf(options: HeadroomHooksOptions, clock: Clock): readonly Sink[] {
  const { tokenAlertThreshold, logLevel = 'silent', sinks = [] } = options;
  const own: Sink[] = [];
  if (tokenAlertThreshold !== undefined) own.push(createTokenAlerts({ tokenAlertThreshold, clock }));
  if (logLevel !== 'silent') own.push(createConsoleSink({ level: logLevel }));
  return [...own, ...sinks];
}

/** All or none: a sink that can not be attached is a mistake in the wiring. */
function attach(sinks: readonly Sink[], events: HeadroomEvents): Unsubscribe[] {
  const unsubscribes: Unsubscribe[] = [];
  try {
    for (const sink of sinks) unsubscribes.push(guarded(sink.attach(events), sink, events));
  } catch (error) {
    for (const unsubscribe of unsubscribes) unsubscribe();
    throw error;
  }
  return unsubscribes;
}

function guarded(unsubscribe: Unsubscribe, sink: Sink, events: HeadroomEvents): Unsubscribe {
  return () => {
    try {
      unsubscribe();
    } catch (error) {
      events.fault('sink', `The sink ${sink.name} could not be detached.`, error);
    }
  };
}

async function callEach(sinks: readonly Sink[], method: 'flush' | 'close', events: HeadroomEvents): Promise<void> {
  const call = async (sink: Sink): Promise<void> => {
    try {
      await sink[method]?.();
    } catch (error) {
      events.fault('sink', `The sink ${sink.name} failed in ${method}().`, error);
    }
  };
  await Promise.all(sinks.map(call));
}

function isWhole(value: unknown): string | undefined {
  return Number.isSafeInteger(value) && Number(value) >= 1 ? undefined : 'has to be a whole number, 1 or more';
}

function isListOfSinks(value: unknown): string | undefined {
  const isSink = hasMethods('a sink', 'attach');
  const isList = Array.isArray(value) && value.every((sink) => isSink(sink) === undefined);
  return isList ? undefined : 'has to be a list of sinks, each with a name and attach()';
}
