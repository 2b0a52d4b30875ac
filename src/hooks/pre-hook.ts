import { checkOptions, hasMethods } from '../check-options.ts';
import { EventBus, type Unsubscribe } from '../events/bus.ts';
import { systemClock, type Clock } from '../events/clock.ts';
import type { CompressionEnd, RunStart, Savings } from '../events/event.ts';
import { createIds } from '../events/ids.ts';
import { addSavings, NO_SAVINGS } from './add-savings.ts';
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
export interface HookMetrics extends Savings {
  readonly requestId: string;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly runId: string;
  readonly sessionId?: string | undefined;
  readonly agent?: string | undefined;
  readonly model?: string | undefined;
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

/** Entries of `metricsHistory`. */
const HISTORY_LIMIT = 100;

/**
 * Opens a run, and records every run that opens on its bus, whoever opened it, with what compression saved. It observes:
 * what the agent was given goes on as it was. An agent takes it as it is (`preHooks: [preHook]`), or calls `preRun`.
 */
export class HeadroomPreHook {
  readonly name: string = 'headroom-pre-hook';
  readonly events: EventBus;
  /** For adapters: the runs that are open. */
  readonly runs: RunTable;
  // No `#private` members in hooks: a host may call them through a Proxy.
  private readonly ids = createIds();
  private readonly history = new Ring<HookMetrics>(HISTORY_LIMIT);
  private readonly byRun = new Map<string, HookMetrics>();
  private readonly unsubscribes: readonly Unsubscribe[];
  private totalRequests = 0;
  private savings = NO_SAVINGS;

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
    return this.savings.tokensSaved;
  }

  /** The last 100 runs, oldest first. */
  get metricsHistory(): readonly HookMetrics[] {
    return this.history.toArray().map((metrics) => ({ ...metrics }));
  }

  getSavingsSummary(): HookSavingsSummary {
    const { tokensBefore, tokensAfter, tokensSaved } = this.savings;
    return {
      totalRequests: this.totalRequests,
      totalTokensBefore: tokensBefore,
      totalTokensAfter: tokensAfter,
      totalTokensSaved: tokensSaved,
      averageSavingsPercent: tokensBefore === 0 ? 0 : (100 * tokensSaved) / tokensBefore,
    };
  }

  /** Forgets the history and starts to count from zero. Runs that are open stay open. */
  reset(): void {
    this.history.clear();
    this.byRun.clear();
    this.totalRequests = 0;
    this.savings = NO_SAVINGS;
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
      ...NO_SAVINGS,
    };
    this.totalRequests += 1;
    const gone = this.history.add(metrics);
    if (gone !== undefined && this.byRun.get(gone.runId) === gone) this.byRun.delete(gone.runId);
    this.byRun.set(runId, metrics);
  }

  private count(compression: CompressionEnd): void {
    this.savings = addSavings(this.savings, compression);
    const metrics = compression.runId === undefined ? undefined : this.byRun.get(compression.runId);
    if (metrics !== undefined) Object.assign(metrics, addSavings(metrics, compression));
  }
}
