import { checkOptions, hasMethods } from '../check-options.ts';
import { EventBus, type Unsubscribe } from '../events/bus.ts';
import { systemClock, type Clock } from '../events/clock.ts';
import type { CompressionEnd, RunStart } from '../events/event.ts';
import { createIds } from '../events/ids.ts';
import type { RunInput } from './hook.ts';
import { Ring } from './ring.ts';
import type { RunTable } from './run-table.ts';
import { runsOf } from './runs-of.ts';

export interface HeadroomPreHookOptions {
  /** The bus of the post hook and of the model. @default a bus of its own */
  readonly events?: EventBus | undefined;
  /** Where the hook opens runs. @default the table that belongs to `events` */
  readonly runs?: RunTable | undefined;
  readonly clock?: Clock | undefined;
}

/** One run that was opened, with what compression saved in it so far. */
export interface HookMetrics {
  readonly requestId: string;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly runId: string;
  readonly sessionId?: string | undefined;
  readonly agent?: string | undefined;
  readonly model?: string | undefined;
  readonly tokensBefore: number;
  readonly tokensAfter: number;
  readonly tokensSaved: number;
}

/** Since the hook was made or reset. */
export interface HookSavingsSummary {
  readonly totalRequests: number;
  readonly totalTokensBefore: number;
  readonly totalTokensAfter: number;
  readonly totalTokensSaved: number;
  /** Of all tokens before, 0-100. */
  readonly averageSavingsPercent: number;
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** Entries of `metricsHistory`. */
const HISTORY_LIMIT = 100;

/**
 * Opens a run and records every run that opens on its bus, whoever opened it, and what compression saved. It observes: what the
 * agent was given goes on as it was. An agent takes it as it is (`preHooks: [preHook]`), or calls `preRun`.
 */
export class HeadroomPreHook {
  readonly name: string = 'headroom-pre-hook';
  readonly events: EventBus;
  /** For adapters: the runs that are open. */
  readonly runs: RunTable;
  // No `#private` members in hooks: a host may call them through a Proxy.
  private readonly ids = createIds();
  private readonly history = new Ring<Mutable<HookMetrics>>(HISTORY_LIMIT);
  private readonly byRun = new Map<string, Mutable<HookMetrics>>();
  private readonly unsubscribes: readonly Unsubscribe[];
  private totals = { requests: 0, tokensBefore: 0, tokensAfter: 0 };

  constructor(options: HeadroomPreHookOptions = {}) {
    checkOptions<HeadroomPreHookOptions>('HeadroomPreHook', options, {
      events: hasMethods('an event bus', 'on', 'emit'),
      runs: hasMethods('a run table', 'start', 'end'),
      clock: hasMethods('a clock', 'now', 'monotonicMs', 'schedule'),
    });
    const { clock = systemClock } = options;
    this.events = options.events ?? new EventBus({ clock });
    this.runs = options.runs ?? runsOf(this.events, clock);
    this.unsubscribes = [
      this.events.on('run.start', (run) => this.remember(run)),
      this.events.on('compression.end', (compression) => this.count(compression)),
    ];
  }

  /** Opens the run, unless it is open. Never throws. */
  preRun(input: RunInput): void {
    try {
      this.runs.start(input);
      this.runs.awaitCall(input.runId);
    } catch (error) {
      this.events.fault('hook', 'The pre hook could not open a run.', error);
    }
  }

  /** What compression saved on this bus since the hook was made or reset. */
  get totalTokensSaved(): number {
    return this.totals.tokensBefore - this.totals.tokensAfter;
  }

  /** The last 100 runs, oldest first. */
  get metricsHistory(): readonly HookMetrics[] {
    return this.history.toArray().map((metrics) => ({ ...metrics }));
  }

  getSavingsSummary(): HookSavingsSummary {
    const { requests, tokensBefore, tokensAfter } = this.totals;
    const saved = this.totalTokensSaved;
    return {
      totalRequests: requests,
      totalTokensBefore: tokensBefore,
      totalTokensAfter: tokensAfter,
      totalTokensSaved: saved,
      averageSavingsPercent: tokensBefore === 0 ? 0 : (100 * saved) / tokensBefore,
    };
  }

  /** Forgets the history and starts to count from zero. Runs that are open stay open. */
  reset(): void {
    this.history.clear();
    this.byRun.clear();
    this.totals = { requests: 0, tokensBefore: 0, tokensAfter: 0 };
  }

  /** Stops listening. What was counted can still be read. */
  detach(): void {
    for (const unsubscribe of this.unsubscribes) unsubscribe();
  }

  private remember({ runId = '', time, sessionId, agent, model }: RunStart): void {
    const metrics = {
      requestId: this.ids('request'),
      timestamp: time,
      runId,
      sessionId,
      agent,
      model,
      tokensBefore: 0,
      tokensAfter: 0,
      tokensSaved: 0,
    };
    this.totals.requests += 1;
    const gone = this.history.add(metrics);
    if (gone !== undefined && this.byRun.get(gone.runId) === gone) this.byRun.delete(gone.runId);
    this.byRun.set(runId, metrics);
  }

  /** A prompt that was only measured went out as it was: it saved nothing. */
  private count({ runId, mode, tokensBefore, ...compression }: CompressionEnd): void {
    const tokensAfter = mode === 'optimize' ? compression.tokensAfter : tokensBefore;
    this.totals.tokensBefore += tokensBefore;
    this.totals.tokensAfter += tokensAfter;
    const metrics = runId === undefined ? undefined : this.byRun.get(runId);
    if (metrics === undefined) return;
    metrics.tokensBefore += tokensBefore;
    metrics.tokensAfter += tokensAfter;
    metrics.tokensSaved = metrics.tokensBefore - metrics.tokensAfter;
  }
}
