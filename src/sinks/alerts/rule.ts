import type { AlertFiring, EventType } from '../../events/event.ts';

export type AlertSeverity = AlertFiring['severity'];

/** Names in events by which alerts can be told apart, or a rule be narrowed. */
export type AlertName = 'agent' | 'model' | 'provider' | 'tool';

/** Events whose absence a rule can tell of. What alerts tell, and faults, is not among them: no rule may feed on itself. */
export type WatchedEvent = Exclude<EventType, 'alert.firing' | 'alert.resolved' | 'budget.update' | 'fault'>;

/** Amounts that can be added up. Tokens are those that the provider billed; cost needs `costOf`. */
export type AlertAmount = 'tokens' | 'inputTokens' | 'outputTokens' | 'costUsd' | 'modelCalls' | 'toolCalls';

interface RuleBase {
  /** The alert's name, unique among the rules: letters, digits, `_`, `-` and `.`. */
  readonly name: string;
  /** @default 'warning' */
  readonly severity?: AlertSeverity | undefined;
  /** What a person is told, in place of the sentence that is made of the figures. */
  readonly summary?: string | undefined;
  /** Where a person reads what to do. */
  readonly runbookUrl?: string | undefined;
  /** Labels of your own, such as `team`, for routing. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Looks only at events of this agent, model, provider or tool. */
  readonly only?: Readonly<Partial<Record<AlertName, string>>> | undefined;
}

interface Grouped {
  /** One alert for each agent, model, provider or tool, in place of one for all. */
  readonly by?: readonly AlertName[] | undefined;
}

interface Timed {
  /** How long the value has to be beyond the threshold, without a break, before the alert fires. @default 0 */
  readonly forMs?: number | undefined;
  /** How long the value has to be back, without a break, before the alert resolves. @default 0 */
  readonly keepFiringMs?: number | undefined;
  /** How long the alert stays silent after it has resolved. @default 0 */
  readonly cooldownMs?: number | undefined;
}

/** Fires above a value. It resolves at `resolveAt` or below, which is `above` unless told otherwise. */
interface Above {
  readonly above: number;
  readonly below?: undefined;
  readonly resolveAt?: number | undefined;
}

/** Fires below a value. It resolves at `resolveAt` or above, which is `below` unless told otherwise. */
interface Below {
  readonly below: number;
  readonly above?: undefined;
  readonly resolveAt?: number | undefined;
}

/** A ratio with too little under its line is no data: it is never taken for 0. */
interface WithoutData {
  /** What no data means: what it was stays, the alert is over, or it fires. @default 'resolve' */
  readonly noData?: 'keep' | 'resolve' | 'fire' | undefined;
}

/** One model call. The alert fires and resolves at once. Within `cooldownMs` no other follows. */
export interface RequestAlertRule extends RuleBase, Grouped {
  readonly kind: 'request';
  readonly measure:
    | Exclude<AlertAmount, 'modelCalls' | 'toolCalls'>
    | 'durationMs'
    | 'timeToFirstChunkMs'
    | 'compressionDurationMs';
  readonly above: number;
  readonly cooldownMs?: number | undefined;
}

/** The sum of one run so far, or how long it has taken. Fires while the run goes on, and resolves when it ends. */
export interface RunAlertRule extends RuleBase {
  readonly kind: 'run';
  readonly measure: AlertAmount | 'durationMs';
  readonly above: number;
  /** Keeps a model that was given the `budget` from another call in this run. @default false */
  readonly enforce?: boolean | undefined;
}

/** The sum of one session so far, over all its runs. Resolves when the session was silent for `idleMs`. */
export interface SessionAlertRule extends RuleBase {
  readonly kind: 'session';
  readonly measure: AlertAmount;
  readonly above: number;
  /** @default 30 minutes */
  readonly idleMs?: number | undefined;
  /** Keeps a model that was given the `budget` from another call in this session. @default false */
  readonly enforce?: boolean | undefined;
}

/** The sum over the last `windowMs`. Below a value it is judged once the first window is over. */
export type WindowAlertRule = RuleBase &
  Grouped &
  Timed &
  (Above | Below) & {
    readonly kind: 'window';
    readonly measure: AlertAmount | 'runs' | 'faults';
    readonly windowMs: number;
  };

/** The sum of an hour, day or month by UTC, or of all time. Fires when it reaches a share of the limit. */
export interface BudgetAlertRule extends RuleBase, Grouped {
  readonly kind: 'budget';
  readonly measure: AlertAmount;
  readonly limit: number;
  readonly period: 'hour' | 'day' | 'month' | 'total';
  /** Share of the limit that has to be reached. @default 1 */
  readonly share?: number | undefined;
  /** Keeps a model that was given the `budget` from another call until the period is over. @default false */
  readonly enforce?: boolean | undefined;
}

interface RatioBase extends RuleBase, Grouped, Timed, WithoutData {
  readonly windowMs: number;
}

/**
 * A ratio of the last `windowMs` that is below a value, or that has dropped by more than a share of what it was before
 * the window, over `baselineMs`: 0.5 is a drop by half.
 */
type LowOrDropped =
  | (Below & { readonly drop?: undefined; readonly baselineMs?: undefined })
  | {
      readonly drop: number;
      /** @default 24 times `windowMs` */
      readonly baselineMs?: number | undefined;
      /** Resolves when the drop is this share or less. @default drop */
      readonly resolveAt?: number | undefined;
      readonly above?: undefined;
      readonly below?: undefined;
    };

/** Tokens saved of all tokens of tool results, 0 to 1. */
export type SavingsAlertRule = RatioBase &
  LowOrDropped & {
    readonly kind: 'savings';
    /** With fewer tokens of tool results in the window there is no data. @default 10000 */
    readonly minTokens?: number | undefined;
  };

/** Input tokens that were read from the provider's prompt cache, 0 to 1. */
export type CacheHitAlertRule = RatioBase &
  LowOrDropped & {
    readonly kind: 'cache-hit';
    /** With fewer input tokens in the window there is no data. @default 10000 */
    readonly minTokens?: number | undefined;
  };

/** What failed, of what ended well or failed, 0 to 1. What was aborted counts as neither. */
export interface ErrorRatioAlertRule extends RatioBase {
  readonly kind: 'error-ratio';
  /** @default 'model' */
  readonly of?: 'model' | 'tool' | 'run' | undefined;
  readonly above: number;
  readonly resolveAt?: number | undefined;
  /** With fewer in the window there is no data. @default 20 */
  readonly minCount?: number | undefined;
}

/** A percentile of durations in milliseconds, exact to 5 %. */
export interface LatencyAlertRule extends RatioBase {
  readonly kind: 'latency';
  /** @default 'compression' */
  readonly of?: 'compression' | 'model' | 'first-chunk' | 'tool' | undefined;
  /** Above 0, at most 1. @default 0.95 */
  readonly percentile?: number | undefined;
  readonly above: number;
  readonly resolveAt?: number | undefined;
  /** With fewer in the window there is no data. @default 20 */
  readonly minCount?: number | undefined;
}

/**
 * The same tool with the same arguments again and again within one run. Arguments are told apart by a keyed hash; where
 * the host does not show them, by the tool's name alone. Fires at `repeats` calls and resolves when the run ends.
 */
export interface LoopAlertRule extends RuleBase {
  readonly kind: 'loop';
  readonly repeats: number;
}

/** No event of a type for `silentMs`, counted from the start. Resolves with the next one. */
export interface AbsenceAlertRule extends RuleBase {
  readonly kind: 'absence';
  readonly event: WatchedEvent;
  readonly silentMs: number;
}

/** When to alert. */
export type AlertRule =
  | RequestAlertRule
  | RunAlertRule
  | SessionAlertRule
  | WindowAlertRule
  | BudgetAlertRule
  | SavingsAlertRule
  | CacheHitAlertRule
  | ErrorRatioAlertRule
  | LatencyAlertRule
  | LoopAlertRule
  | AbsenceAlertRule;
