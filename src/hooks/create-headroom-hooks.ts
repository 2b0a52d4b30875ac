import type { EventBus, Listener, Unsubscribe } from '../events/bus.ts';
import type { Clock } from '../events/clock.ts';
import type { AlertFiring, AlertResolved, EventOf, EventType } from '../events/event.ts';
import type { Sink } from '../events/sink.ts';
import type { RetrievalStore } from '../retrieval/store.ts';
import type { RunTable } from './run-table.ts';
import type { HeadroomPostHook } from './post-hook.ts';
import type { HeadroomPreHook } from './pre-hook.ts';

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
  /** @default 1000 */
  readonly runLimit?: number | undefined;
  /** @default 30 minutes */
  readonly runTimeToLiveMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

export interface HeadroomHooks {
  readonly preHook: HeadroomPreHook;
  readonly postHook: HeadroomPostHook;
  readonly events: EventBus;
  /** `headroom_retrieve`, for hosts that take AI SDK tools: `tools: { ...myTools, ...hooks.tools }`. */
  readonly tools: Readonly<Record<'headroom_retrieve', unknown>>;
  readonly store: RetrievalStore;
  /** For adapters: the runs that are open. */
  readonly runs: RunTable;
  /** The `telemetry` setting of ai 7: `new ToolLoopAgent({ telemetry: hooks.telemetry() })`. */
  telemetry(): unknown;
  /** Runs `callback` as one run, for hosts without hooks: starts it, ends it with its outcome, and rethrows its error. */
  run<Result>(
    callback: () => Promise<Result>,
    run?: { readonly agent?: string; readonly sessionId?: string },
  ): Promise<Result>;
  on<Type extends EventType>(type: Type, listener: Listener<EventOf<Type>>): Unsubscribe;
  flush(): Promise<void>;
  close(): Promise<void>;
}

export declare function createHeadroomHooks(options?: HeadroomHooksOptions): HeadroomHooks;
