import type { AlertFiring } from '../../events/event.ts';
import type { AlertTiming } from './alert-state.ts';
import type { Limits } from './judge-value.ts';
import { elapsed } from './meters/elapsed.ts';
import type { MeterKind } from './meters/meter.ts';
import { periodSum } from './meters/period-sum.ts';
import { REPEATS } from './meters/repeats.ts';
import { SUM } from './meters/sum.ts';
import { windowPercentile } from './meters/window-percentile.ts';
import { windowRatio } from './meters/window-ratio.ts';
import { windowSum } from './meters/window-sum.ts';
import { AMOUNTS, CACHE_HITS, durationsOf, errorsOf, SAVINGS, TOOL_CALLS, type Reader } from './readings.ts';
import type { AlertName, AlertRule, CacheHitAlertRule, SavingsAlertRule, WindowAlertRule } from './rule.ts';

/** A rule as the engine works with it. */
export interface CompiledRule extends Reader {
  readonly rule: AlertRule;
  readonly scope: AlertFiring['scope'];
  /** What one alert of the rule is about. A `group` is all events that share the names in `by`. */
  readonly subject: 'request' | 'run' | 'session' | 'group';
  readonly by: readonly AlertName[];
  /** Names that are told besides, of the event that made it fire. */
  readonly tells: readonly AlertName[];
  readonly limits: Limits;
  readonly timing: AlertTiming;
  readonly noData: 'keep' | 'resolve' | 'fire';
  readonly meter: MeterKind;
  /** Whether the value can go beyond the threshold though nothing happens. */
  readonly movesAlone: boolean;
  /** A subject that is silent for this long is over. */
  readonly idleMs: number | undefined;
  /** Whether its first alert stands ready before any event. */
  readonly startsAlone: boolean;
  /** What a saved meter has to have in common with this rule to be of use to it. */
  readonly shape: string;
}

export const DEFAULT_SESSION_IDLE_MS = 30 * 60_000;
export const DEFAULT_MIN_TOKENS = 10_000;
export const DEFAULT_MIN_COUNT = 20;
const DEFAULT_BASELINE_WINDOWS = 24;

/** What differs between the kinds; the rest is the same for all. */
type Parts = Pick<CompiledRule, 'scope' | 'subject' | 'limits' | 'meter'> &
  Partial<Pick<CompiledRule, 'tells' | 'movesAlone' | 'idleMs' | 'startsAlone'>> & { readonly reader: Reader };

/** Rules are taken to be checked. */
export function compileRule(rule: AlertRule): CompiledRule {
  const { reader, ...parts } = partsOf(rule);
  const {
    by = [],
    forMs = 0,
    keepFiringMs = 0,
    cooldownMs = 0,
    noData = 'resolve',
  } = rule as Partial<WindowAlertRule> & Pick<Partial<SavingsAlertRule>, 'noData'>;
  return {
    tells: [],
    movesAlone: false,
    startsAlone: false,
    idleMs: undefined,
    ...parts,
    ...reader,
    rule,
    by,
    noData,
    timing: { forMs, keepFiringMs, cooldownMs },
    shape: shapeOf(rule),
  };
}

function partsOf(rule: AlertRule): Parts {
  switch (rule.kind) {
    case 'request': {
      const about = { scope: 'request', subject: 'request', tells: ['agent', 'model'] } as const;
      return { ...about, reader: ofCalls(AMOUNTS[rule.measure]), limits: sharp(rule.above), meter: SUM };
    }
    case 'run':
      return runParts(rule);
    case 'session': {
      const { idleMs = DEFAULT_SESSION_IDLE_MS } = rule;
      const limits = sharp(rule.above);
      return { scope: 'session', subject: 'session', reader: AMOUNTS[rule.measure], limits, meter: SUM, idleMs };
    }
    case 'window': {
      const meter = windowSum({ windowMs: rule.windowMs, afterFirstWindow: rule.below !== undefined });
      const movesAlone = rule.below !== undefined;
      return { ...WINDOW, reader: AMOUNTS[rule.measure], limits: limitsOf(rule), meter, movesAlone };
    }
    case 'budget': {
      const limits = { fires: 'reaching', threshold: rule.limit * (rule.share ?? 1) } as const;
      const meter = periodSum(rule.period);
      // Its value falls to nothing when its period is over, which is told too.
      return { scope: 'budget', subject: 'group', reader: AMOUNTS[rule.measure], limits, meter, movesAlone: true };
    }
    case 'savings':
      return ratioParts(rule, SAVINGS);
    case 'cache-hit':
      return ratioParts(rule, CACHE_HITS);
    case 'error-ratio': {
      const meter = windowRatio({ windowMs: rule.windowMs, minTotal: rule.minCount ?? DEFAULT_MIN_COUNT });
      return { ...WINDOW, reader: errorsOf(rule.of ?? 'model'), limits: limitsOf(rule), meter };
    }
    case 'latency': {
      const { windowMs, percentile = 0.95, minCount = DEFAULT_MIN_COUNT } = rule;
      const meter = windowPercentile({ windowMs, percentile, minCount });
      return { ...WINDOW, reader: durationsOf(rule.of ?? 'compression'), limits: limitsOf(rule), meter };
    }
    case 'loop': {
      const limits = { fires: 'reaching', threshold: rule.repeats } as const;
      return { ...RUN, reader: TOOL_CALLS, limits, meter: REPEATS, tells: ['agent', 'tool'] };
    }
    default: {
      const limits = { fires: 'reaching', threshold: rule.silentMs } as const;
      const reader: Reader = { unit: 'ms', types: [rule.event], read: () => ({ amount: 0 }) };
      const meter = elapsed({ thresholdMs: rule.silentMs, restarts: true });
      return { ...WINDOW, reader, limits, meter, startsAlone: true };
    }
  }
}

const WINDOW = { scope: 'window', subject: 'group', movesAlone: true } as const;
const RUN = { scope: 'run', subject: 'run', tells: ['agent'] } as const;

function runParts({ measure, above }: AlertRule & { readonly kind: 'run' }): Parts {
  if (measure !== 'durationMs') return { ...RUN, reader: AMOUNTS[measure], limits: sharp(above), meter: SUM };
  const reader: Reader = { unit: 'ms', types: ['run.start'], read: () => ({ amount: 0 }) };
  const limits = { fires: 'reaching', threshold: above } as const;
  return { ...RUN, reader, limits, meter: elapsed({ thresholdMs: above, restarts: false }), movesAlone: true };
}

/** A run's end is no call, though it can tell what the run's calls used. */
function ofCalls(reader: Reader): Reader {
  return { ...reader, types: reader.types.filter((type) => type !== 'run.end') };
}

function ratioParts(rule: SavingsAlertRule | CacheHitAlertRule, reader: Reader): Parts {
  const { windowMs, minTokens: minTotal = DEFAULT_MIN_TOKENS, drop, resolveAt } = rule;
  if (drop === undefined) {
    return { ...WINDOW, reader, limits: limitsOf(rule), meter: windowRatio({ windowMs, minTotal }) };
  }
  const baselineMs = rule.baselineMs ?? DEFAULT_BASELINE_WINDOWS * windowMs;
  const limits = { fires: 'above', threshold: drop, resolveAt: resolveAt ?? drop } as const;
  return { ...WINDOW, reader, limits, meter: windowRatio({ windowMs, minTotal, baselineMs }) };
}

function limitsOf(rule: {
  readonly above?: number | undefined;
  readonly below?: number | undefined;
  readonly resolveAt?: number | undefined;
}): Limits {
  const { above, below = 0, resolveAt } = rule;
  if (above !== undefined) return { fires: 'above', threshold: above, resolveAt: resolveAt ?? above };
  return { fires: 'below', threshold: below, resolveAt: resolveAt ?? below };
}

function sharp(above: number): Limits {
  return { fires: 'above', threshold: above, resolveAt: above };
}

/** What is measured, without what it is held against: a threshold can change from one start to the next. */
function shapeOf(rule: AlertRule): string {
  const options: Readonly<Record<string, unknown>> = { ...rule };
  const { kind, measure, of, event, windowMs, baselineMs, period, by, only, drop, percentile } = options;
  const isDrop = drop !== undefined;
  return JSON.stringify([kind, measure, of, event, windowMs, baselineMs, period, by, only, isDrop, percentile]);
}
