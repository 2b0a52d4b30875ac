import type { TokenUsage } from '../tokens/normalize-usage.ts';

/** How something that was started came to its end. */
export type Outcome = 'ok' | 'error' | 'aborted';

/**
 * Who ended it: the host reported the end, its reader cancelled, or nobody did and it was ended for being too old
 * (`time-to-live`), one too many (`capacity`), or still open when the hooks were closed (`close`).
 */
export type EndedBy = 'host' | 'reader' | 'time-to-live' | 'capacity' | 'close';

/** Tokens of tool results by the counter of the model they were sent to. `tokensSaved` is before less after. */
export interface Savings {
  readonly tokensBefore: number;
  readonly tokensAfter: number;
  readonly tokensSaved: number;
}

/** What every event carries. Events are facts of the past: read-only, and without a word of any message. */
export interface EventBase {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly time: number;
  readonly runId?: string | undefined;
  readonly parentRunId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly agent?: string | undefined;
}

/** One run of an agent began. */
export interface RunStart extends EventBase {
  readonly type: 'run.start';
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
}

/** A run is over. Every run that began ends once, whatever became of it. */
export interface RunEnd extends EventBase {
  readonly type: 'run.end';
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
  readonly outcome: Outcome;
  readonly endedBy: EndedBy;
  /** Class name of the error, when the outcome is `error`. */
  readonly errorType?: string | undefined;
  readonly finishReason?: string | undefined;
  readonly stepCount: number;
  readonly modelCallCount: number;
  readonly toolCallCount: number;
  /** Of the run's own model calls; a nested run's are in its own end. */
  readonly usage: TokenUsage | undefined;
  readonly savings: Savings;
  /** Of its model calls whose cost is known, in USD: an estimate. Where nobody saw them, that of `usage`. */
  readonly costUsd?: number | undefined;
  /** Of its model calls that told it, in USD: an estimate on the low side. */
  readonly costSavedUsd?: number | undefined;
  readonly durationMs: number;
}

/** One attempt to call a model began: a retry is another attempt, with another `callId`. */
export interface ModelStart extends EventBase {
  readonly type: 'model.start';
  readonly callId: string;
  readonly provider: string;
  readonly model: string;
  readonly streaming: boolean;
}

/** An attempt to call a model is over. For a stream that is when its reader is done with it. */
export interface ModelEnd extends EventBase {
  readonly type: 'model.end';
  readonly callId: string;
  readonly provider: string;
  readonly model: string;
  readonly streaming: boolean;
  readonly outcome: Outcome;
  readonly endedBy: EndedBy;
  readonly errorType?: string | undefined;
  readonly finishReason?: string | undefined;
  readonly usage: TokenUsage | undefined;
  /** Of the provider call alone, first byte of the request to the last part of the answer. */
  readonly durationMs: number;
  readonly timeToFirstChunkMs?: number | undefined;
  /** What the call cost by the prices that the hooks were given, in USD: an estimate. Unknown without a price or a usage. */
  readonly costUsd?: number | undefined;
  /** What the call would have cost more with its tool results as they were, in USD: an estimate on the low side. */
  readonly costSavedUsd?: number | undefined;
  /** Tokens that the model can hold, as the hooks were told. */
  readonly contextWindowTokens?: number | undefined;
}

/** One execution of a tool began. */
export interface ToolStart extends EventBase {
  readonly type: 'tool.start';
  readonly toolCallId: string;
  readonly toolName: string;
  /** Same for the same arguments within one process, and of no use outside of it: the key of the hash is random. */
  readonly argumentsHash?: string | undefined;
}

/** An execution of a tool is over. */
export interface ToolEnd extends EventBase {
  readonly type: 'tool.end';
  readonly toolCallId: string;
  readonly toolName: string;
  readonly outcome: Outcome;
  readonly endedBy: EndedBy;
  readonly errorType?: string | undefined;
  readonly durationMs: number;
}

/** What was done with one tool result, and why. */
export interface CompressionDecision {
  readonly messageIndex: number;
  readonly partIndex?: number | undefined;
  readonly toolName?: string | undefined;
  readonly toolCallId?: string | undefined;
  /** One of `CONTENT_KINDS` of the engine. */
  readonly contentKind: string;
  /** Name of the strategy whose text was sent, or `none`. */
  readonly strategy: string;
  /** One of `DECISION_REASONS` of the engine. */
  readonly reason: string;
  readonly tokensBefore: number;
  readonly tokensAfter: number;
  /** Whether no assistant message stands behind it: the model reads this result for the first time. */
  readonly isNew: boolean;
  /** Present and true where the text that was sent has more tokens than `maxTokens`: nothing of it could be left out. */
  readonly isOverMax?: true | undefined;
}

/** A prompt was looked at, before its model call began. */
export interface CompressionEnd extends EventBase {
  readonly type: 'compression.end';
  /** The model call that this prompt was made for. */
  readonly callId: string;
  readonly provider: string;
  readonly model: string;
  /** In `audit` the tokens after are what would have been sent; the prompt went through as it was. */
  readonly mode: 'optimize' | 'audit' | 'off';
  readonly loss: 'none' | 'recoverable' | 'allowed';
  /** A second attempt with the same prompt, whose savings were counted with the first. */
  readonly isRetry: boolean;
  readonly tokensBefore: number;
  readonly tokensAfter: number;
  readonly tokensSaved: number;
  /** One per tool result of the prompt, old and new, in order. */
  readonly decisions: readonly CompressionDecision[];
  readonly durationMs: number;
}

/** `headroom_retrieve` answered. */
export interface RetrievalEnd extends EventBase {
  readonly type: 'retrieval.end';
  readonly outcome: 'found' | 'unknown' | 'expired' | 'failed';
  /** Tokens of the answer, estimated at four characters each. */
  readonly tokens: number;
  readonly durationMs: number;
}

interface AlertBase extends EventBase {
  /** Same for the firing and the resolving of one alert. */
  readonly alertId: string;
  readonly rule: string;
  readonly severity: 'info' | 'warning' | 'critical';
  /** What the value was measured over. */
  readonly scope: 'request' | 'run' | 'session' | 'window' | 'budget';
  readonly value: number;
  readonly threshold: number;
  readonly unit: string;
  /** What tells this alert from others, as Alertmanager has it: `alertname`, `severity`, names, and labels of the rule. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Of the labels, 16 hexadecimal digits: the one that Alertmanager computes. */
  readonly fingerprint?: string | undefined;
  /** Epoch milliseconds. */
  readonly startedAt?: number | undefined;
  /** A sentence for people: that of the rule, or one made of the figures. */
  readonly summary?: string | undefined;
  readonly runbookUrl?: string | undefined;
}

/** A value went beyond its threshold. Told once for each alert. */
export interface AlertFiring extends AlertBase {
  readonly type: 'alert.firing';
}

/** An alert is over: what it was measured over has ended, or its value is back from the threshold. */
export interface AlertResolved extends AlertBase {
  readonly type: 'alert.resolved';
  readonly durationMs: number;
}

/** How much of a budget is used: told when that has changed. Budgets are rules of `createAlerts()`. */
export interface BudgetUpdate extends EventBase {
  readonly type: 'budget.update';
  /** Name of the rule. */
  readonly budget: string;
  /** What the budget is kept for, where the rule tells several apart: the agent, model, provider or tool. */
  readonly group: Readonly<Partial<Record<'agent' | 'model' | 'provider' | 'tool', string>>>;
  readonly period: 'hour' | 'day' | 'month' | 'total';
  /** In this period, so far. */
  readonly used: number;
  readonly limit: number;
  readonly unit: string;
}

/** Something of ours that failed. The agent went on without it. */
export interface Fault extends EventBase {
  readonly type: 'fault';
  readonly where:
    | 'listener'
    | 'sink'
    | 'hook'
    | 'compression'
    | 'strategy'
    | 'store'
    | 'counter'
    | 'call-options'
    | 'alert';
  /** Class name of the error. */
  readonly errorName: string;
  /** Our own sentence: an error's own message may quote a message's text. */
  readonly message: string;
  /** Type of the event whose listener failed. */
  readonly eventType?: string | undefined;
  /** Where changes of alerts did not arrive. */
  readonly destination?: string | undefined;
  /** How many of them were given up. */
  readonly lostChanges?: number | undefined;
}

/** Everything that happens, by name. Names are `noun.phase`; OpenTelemetry and channel names are `headroom.` and this. */
export interface HeadroomEventMap {
  'run.start': RunStart;
  'run.end': RunEnd;
  'model.start': ModelStart;
  'model.end': ModelEnd;
  'tool.start': ToolStart;
  'tool.end': ToolEnd;
  'compression.end': CompressionEnd;
  'retrieval.end': RetrievalEnd;
  'alert.firing': AlertFiring;
  'alert.resolved': AlertResolved;
  'budget.update': BudgetUpdate;
  fault: Fault;
}

export type EventType = keyof HeadroomEventMap;
export type HeadroomEvent = HeadroomEventMap[EventType];
export type EventOf<Type extends EventType> = HeadroomEventMap[Type];

/** The one list of event types, in the order of a run. */
export const EVENT_TYPES = [
  'run.start',
  'compression.end',
  'model.start',
  'model.end',
  'tool.start',
  'tool.end',
  'retrieval.end',
  'alert.firing',
  'alert.resolved',
  'budget.update',
  'run.end',
  'fault',
] as const satisfies readonly EventType[];

/** What the emitter of an event has to say: all but what the bus adds. */
export type EventFacts<Type extends EventType> = Omit<EventOf<Type>, 'type' | 'id' | 'time'>;
