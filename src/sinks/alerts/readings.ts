import type { EventType, HeadroomEvent } from '../../events/event.ts';
import type { TokenUsage } from '../../tokens/normalize-usage.ts';
import { isCount, totalTokensOf } from './counted-usage.ts';
import type { Sample } from './meters/meter.ts';
import type {
  AlertAmount,
  CacheHitAlertRule,
  ErrorRatioAlertRule,
  LatencyAlertRule,
  RequestAlertRule,
  SavingsAlertRule,
} from './rule.ts';

/** An event, with the usage that is to be counted with it. */
export interface Reading {
  readonly event: HeadroomEvent;
  readonly usage: TokenUsage | undefined;
  readonly costUsd: () => number | undefined;
}

/** What a rule reads of the events that it hears. */
export interface Reader {
  readonly unit: string;
  readonly types: readonly EventType[];
  /** `undefined` where the event says nothing to the rule: what is not known adds nothing. */
  readonly read: (reading: Reading) => Sample | undefined;
}

type Amount = AlertAmount | 'runs' | 'faults' | Exclude<RequestAlertRule['measure'], AlertAmount>;

const USAGE_TYPES = ['model.end', 'run.end'] as const satisfies readonly EventType[];

/** What can be added up, or measured of one call. */
export const AMOUNTS: { readonly [Name in Amount]: Reader } = {
  tokens: amount('tokens', USAGE_TYPES, ({ usage }) => totalTokensOf(usage)),
  inputTokens: amount('tokens', USAGE_TYPES, ({ usage }) => usage?.inputTokens),
  outputTokens: amount('tokens', USAGE_TYPES, ({ usage }) => usage?.outputTokens),
  costUsd: amount('USD', USAGE_TYPES, ({ costUsd }) => costUsd()),
  modelCalls: amount('calls', ['model.end'], () => 1),
  toolCalls: amount('calls', ['tool.end'], () => 1),
  runs: amount('runs', ['run.end'], () => 1),
  // What alerts themselves fail at is not counted: an alert about its own delivery would have no end.
  faults: amount('faults', ['fault'], ({ event }) => (isOfAlerts(event) ? undefined : 1)),
  durationMs: amount('ms', ['model.end'], ({ event }) => (event.type === 'model.end' ? event.durationMs : undefined)),
  timeToFirstChunkMs: amount('ms', ['model.end'], ({ event }) =>
    event.type === 'model.end' ? event.timeToFirstChunkMs : undefined,
  ),
  compressionDurationMs: amount('ms', ['compression.end'], ({ event }) =>
    event.type === 'compression.end' ? event.durationMs : undefined,
  ),
};

/** Of tokens of tool results. A retry was counted already, and an audit saves nothing. */
export const SAVINGS: Reader & { readonly kind: SavingsAlertRule['kind'] } = {
  kind: 'savings',
  unit: 'ratio',
  types: ['compression.end'],
  read: ({ event }) =>
    event.type === 'compression.end' && event.mode === 'optimize' && !event.isRetry
      ? ratio(event.tokensSaved, event.tokensBefore)
      : undefined,
};

/** Of input tokens, of calls that told both. */
export const CACHE_HITS: Reader & { readonly kind: CacheHitAlertRule['kind'] } = {
  kind: 'cache-hit',
  unit: 'ratio',
  types: ['model.end'],
  read: ({ usage }) => ratio(usage?.cacheReadTokens, usage?.inputTokens),
};

export function errorsOf(of: NonNullable<ErrorRatioAlertRule['of']>): Reader {
  const type = `${of}.end` as const;
  return {
    unit: 'ratio',
    types: [type],
    read: ({ event }) =>
      event.type === type && event.outcome !== 'aborted'
        ? { amount: event.outcome === 'error' ? 1 : 0, total: 1 }
        : undefined,
  };
}

const LATENCIES = {
  compression: AMOUNTS.compressionDurationMs,
  model: AMOUNTS.durationMs,
  'first-chunk': AMOUNTS.timeToFirstChunkMs,
  tool: amount('ms', ['tool.end'], ({ event }) => (event.type === 'tool.end' ? event.durationMs : undefined)),
} as const;

export function durationsOf(of: NonNullable<LatencyAlertRule['of']>): Reader {
  return LATENCIES[of];
}

/** A call of a tool, by its name and the hash of its arguments. */
export const TOOL_CALLS: Reader = {
  unit: 'repeats',
  types: ['tool.start'],
  read: ({ event }) =>
    event.type === 'tool.start' ? { amount: 1, key: JSON.stringify([event.toolName, event.argumentsHash]) } : undefined,
};

function amount(unit: string, types: readonly EventType[], amountOf: (reading: Reading) => number | undefined): Reader {
  return {
    unit,
    types,
    read(reading) {
      const value = amountOf(reading);
      return isCount(value) ? { amount: value } : undefined;
    },
  };
}

function ratio(part: number | undefined, total: number | undefined): Sample | undefined {
  return isCount(part) && isCount(total) && total > 0 ? { amount: part, total } : undefined;
}

function isOfAlerts(event: HeadroomEvent): boolean {
  if (event.type !== 'fault') return false;
  return event.where === 'alert' || event.eventType === 'alert.firing' || event.eventType === 'alert.resolved';
}
