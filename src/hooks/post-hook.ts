import { checkOptions, hasMethods, isCount, isOneOf } from '../check-options.ts';
import { EventBus, type Unsubscribe } from '../events/bus.ts';
import { systemClock, type Clock } from '../events/clock.ts';
import type { AlertFiring, EndedBy, Outcome, RunEnd } from '../events/event.ts';
import { createIds } from '../events/ids.ts';
import { createTokenAlerts } from '../sinks/alerts/token-alerts.ts';
import { createConsoleSink } from '../sinks/console-sink.ts';
import type { RunOutput } from './hook.ts';
import { Ring } from './ring.ts';
import type { RunTable } from './run-table.ts';
import { runsOf } from './runs-of.ts';

export interface HeadroomPostHookOptions {
  /** The bus of the pre hook and of the model. @default a bus of its own */
  readonly events?: EventBus | undefined;
  /** Where the hook ends runs. @default the table that belongs to `events` */
  readonly runs?: RunTable | undefined;
  /** Alerts once a run has used more tokens than this. For hooks without a factory; 0 is a threshold. */
  readonly tokenAlertThreshold?: number | undefined;
  /** Prints what is heard on the bus. For hooks without a factory. @default 'silent' */
  readonly logLevel?: 'silent' | 'info' | 'debug' | undefined;
  readonly clock?: Clock | undefined;
}

/** One run that has ended. */
export interface RequestRecord {
  readonly requestId: string;
  /** Epoch milliseconds of its end. */
  readonly timestamp: number;
  readonly runId: string | undefined;
  readonly sessionId?: string | undefined;
  readonly agent?: string | undefined;
  readonly model?: string | undefined;
  readonly outcome: Outcome;
  readonly endedBy: EndedBy;
  /** `undefined` is unknown, which is not zero. */
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
  readonly totalTokens: number | undefined;
  readonly tokensSaved: number;
  readonly durationMs: number;
  /** What the agent answered with: `text`, or the name of another type. `undefined` when the hook was not shown it. */
  readonly outputType?: string | undefined;
  /** Characters of an answer that is text. */
  readonly contentLength?: number | undefined;
}

/** Since the hook was made or reset. */
export interface RequestSummary {
  readonly totalRequests: number;
  /** Input and output, of the runs whose usage is known. */
  readonly totalTokens: number;
  /** Per run whose usage is known; 0 when there is none. */
  readonly averageTokens: number;
  /** Runs whose usage nobody told. */
  readonly requestsWithUnknownUsage: number;
  /** Alerts that fired. */
  readonly alerts: number;
}

/** Entries of `requests` and of `alerts`. */
const HISTORY_LIMIT = 1_000;

/**
 * Ends a run, and records every run that ends on its bus, whoever ended it. It observes: what the agent answered goes on
 * as it was. An agent takes it as it is (`postHooks: [postHook]`), or calls `postRun`.
 */
export class HeadroomPostHook {
  readonly name: string = 'headroom-post-hook';
  readonly events: EventBus;
  /** For adapters: the runs that are open. */
  readonly runs: RunTable;
  private readonly ids = createIds();
  private readonly requestRing = new Ring<RequestRecord>(HISTORY_LIMIT);
  private readonly alertRing = new Ring<AlertFiring>(HISTORY_LIMIT);
  private readonly unsubscribes: Unsubscribe[] = [];
  private totals = { requests: 0, requestsWithUsage: 0, tokens: 0, alerts: 0 };
  /** What `postRun` was shown, while it ends the run. */
  private shown: { readonly runId: string; readonly output: unknown } | undefined;

  constructor(options: HeadroomPostHookOptions = {}) {
    checkOptions<HeadroomPostHookOptions>('HeadroomPostHook', options, {
      events: hasMethods('an event bus', 'on', 'emit'),
      runs: hasMethods('a run table', 'start', 'end'),
      tokenAlertThreshold: isCount,
      logLevel: isOneOf('silent', 'info', 'debug'),
      clock: hasMethods('a clock', 'now', 'monotonicMs', 'schedule'),
    });
    const { clock = systemClock, tokenAlertThreshold, logLevel = 'silent' } = options;
    this.events = options.events ?? new EventBus({ clock });
    this.runs = options.runs ?? runsOf(this.events, clock);
    this.unsubscribes.push(
      this.events.on('run.end', (run) => this.record(run)),
      this.events.on('alert.firing', (alert) => {
        this.totals.alerts += 1;
        this.alertRing.add(alert);
      }),
    );
    if (tokenAlertThreshold !== undefined) {
      this.unsubscribes.push(createTokenAlerts({ tokenAlertThreshold, clock }).attach(this.events));
    }
    if (logLevel !== 'silent') this.unsubscribes.push(createConsoleSink({ level: logLevel }).attach(this.events));
  }

  /** Ends the run, and opens it first if nobody did. A run that has ended stays ended. Never throws. */
  postRun(output: RunOutput): void {
    try {
      this.shown = { runId: output.runId, output: output.output };
      const { runId, parentRunId, sessionId, agent } = output;
      this.runs.start({ runId, parentRunId, sessionId, agent });
      this.runs.end(output);
    } catch (error) {
      this.events.fault('hook', 'The post hook could not end a run.', error);
    } finally {
      this.shown = undefined;
    }
  }

  /** The last 1,000 runs that ended, oldest first. */
  get requests(): readonly RequestRecord[] {
    return this.requestRing.toArray();
  }

  /** The last 1,000 alerts that fired, oldest first. */
  get alerts(): readonly AlertFiring[] {
    return this.alertRing.toArray();
  }

  getSummary(): RequestSummary {
    const { requests, requestsWithUsage, tokens, alerts } = this.totals;
    return {
      totalRequests: requests,
      totalTokens: tokens,
      averageTokens: requestsWithUsage === 0 ? 0 : tokens / requestsWithUsage,
      requestsWithUnknownUsage: requests - requestsWithUsage,
      alerts,
    };
  }

  /** Forgets requests and alerts and starts to count from zero. Runs that are open stay open. */
  reset(): void {
    this.requestRing.clear();
    this.alertRing.clear();
    this.totals = { requests: 0, requestsWithUsage: 0, tokens: 0, alerts: 0 };
  }

  /** Stops listening. What was recorded can still be read. */
  detach(): void {
    for (const unsubscribe of this.unsubscribes.splice(0)) unsubscribe();
  }

  private record(run: RunEnd): void {
    const { inputTokens, outputTokens } = run.usage ?? {};
    const totalTokens =
      inputTokens === undefined && outputTokens === undefined ? undefined : (inputTokens ?? 0) + (outputTokens ?? 0);
    this.totals.requests += 1;
    if (totalTokens !== undefined) {
      this.totals.requestsWithUsage += 1;
      this.totals.tokens += totalTokens;
    }
    const output = this.shown?.runId === run.runId ? this.shown?.output : undefined;
    this.requestRing.add({
      requestId: this.ids('request'),
      timestamp: run.time,
      runId: run.runId,
      sessionId: run.sessionId,
      agent: run.agent,
      model: run.model,
      outcome: run.outcome,
      endedBy: run.endedBy,
      inputTokens,
      outputTokens,
      totalTokens,
      tokensSaved: run.savings.tokensSaved,
      durationMs: run.durationMs,
      outputType: output === undefined ? undefined : outputTypeOf(output),
      contentLength: typeof output === 'string' ? output.length : undefined,
    });
  }
}

function outputTypeOf(output: unknown): string {
  if (typeof output === 'string') return 'text';
  if (Array.isArray(output)) return 'array';
  return output === null ? 'null' : typeof output;
}
