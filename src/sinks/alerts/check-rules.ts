import {
  checkOptions,
  isBoolean,
  isCount,
  isOneOf,
  isPositive,
  isString,
  type OptionCheck,
} from '../../check-options.ts';
import type { EventType } from '../../events/event.ts';
import { EVENT_TYPES } from '../../events/event.ts';
import { HeadroomError } from '../../headroom-error.ts';
import type { CompiledRule } from './compile-rule.ts';
import type { AlertName, AlertRule } from './rule.ts';

const RULE_NAME = /^[\w.-]{1,100}$/;
const LABEL_NAME = /^[a-zA-Z_]\w{0,99}$/;
/** Labels that alerts get by themselves. */
const OWN_LABELS = ['alertname', 'severity', 'agent', 'model', 'provider', 'tool', 'run_id', 'session_id'];
const NAMES: readonly AlertName[] = ['agent', 'model', 'provider', 'tool'];
const SUMS = ['tokens', 'inputTokens', 'outputTokens', 'costUsd'] as const;
const AMOUNTS = [...SUMS, 'modelCalls', 'toolCalls'] as const;

type Checks = Readonly<Record<string, OptionCheck>>;

const BASE: Checks = {
  kind: isString,
  name: (value) =>
    typeof value === 'string' && RULE_NAME.test(value)
      ? undefined
      : 'has to be of letters, digits, "_", "-" and ".", at most 100',
  severity: isOneOf('info', 'warning', 'critical'),
  summary: isString,
  runbookUrl: isString,
  labels: isLabels,
  only: isRecordOfNames,
};
const BY: Checks = { by: isListOfNames };
const TIMED: Checks = { forMs: isCount, keepFiringMs: isCount, cooldownMs: isCount };
const LIMITS: Checks = { above: isCount, below: isCount, resolveAt: isCount };
const RATIO: Checks = { ...BASE, ...BY, ...TIMED, windowMs: isPositive, noData: isOneOf('keep', 'resolve', 'fire') };
const LOW: Checks = { below: isShare, drop: isShare, baselineMs: isPositive, resolveAt: isCount, minTokens: isCount };

const CHECKS: { readonly [Kind in AlertRule['kind']]: { readonly needs: readonly string[]; readonly takes: Checks } } =
  {
    request: {
      needs: ['measure', 'above'],
      takes: {
        ...BASE,
        ...BY,
        measure: isOneOf(...SUMS, 'durationMs', 'timeToFirstChunkMs', 'compressionDurationMs'),
        above: isCount,
        cooldownMs: isCount,
      },
    },
    run: {
      needs: ['measure', 'above'],
      takes: { ...BASE, measure: isOneOf(...AMOUNTS, 'durationMs'), above: isCount, enforce: isBoolean },
    },
    session: {
      needs: ['measure', 'above'],
      takes: { ...BASE, measure: isOneOf(...AMOUNTS), above: isCount, idleMs: isPositive, enforce: isBoolean },
    },
    window: {
      needs: ['measure', 'windowMs'],
      takes: {
        ...BASE,
        ...BY,
        ...TIMED,
        ...LIMITS,
        measure: isOneOf(...AMOUNTS, 'runs', 'faults'),
        windowMs: isPositive,
      },
    },
    budget: {
      needs: ['measure', 'limit', 'period'],
      takes: {
        ...BASE,
        ...BY,
        measure: isOneOf(...AMOUNTS),
        limit: isPositive,
        period: isOneOf('hour', 'day', 'month', 'total'),
        share: isPositive,
        enforce: isBoolean,
      },
    },
    savings: { needs: ['windowMs'], takes: { ...RATIO, ...LOW } },
    'cache-hit': { needs: ['windowMs'], takes: { ...RATIO, ...LOW } },
    'error-ratio': {
      needs: ['above', 'windowMs'],
      takes: { ...RATIO, of: isOneOf('model', 'tool', 'run'), above: isShare, resolveAt: isCount, minCount: isCount },
    },
    latency: {
      needs: ['above', 'windowMs'],
      takes: {
        ...RATIO,
        of: isOneOf('compression', 'model', 'first-chunk', 'tool'),
        percentile: (value) => isPositive(value) ?? isShare(value),
        above: isCount,
        resolveAt: isCount,
        minCount: isCount,
      },
    },
    loop: { needs: ['repeats'], takes: { ...BASE, repeats: isRepeats } },
    absence: {
      needs: ['event', 'silentMs'],
      takes: {
        ...BASE,
        event: isOneOf(...EVENT_TYPES.filter((type) => type !== 'fault' && !type.startsWith('alert.'))),
        silentMs: isPositive,
      },
    },
  };

/** Throws a `HeadroomError` for a rule that can not work, and for two of one name. */
export function checkRules(owner: string, rules: readonly AlertRule[]): void {
  const names = new Set<string>();
  for (const rule of rules) {
    checkRule(owner, rule);
    if (names.has(rule.name)) throw wrong(`${owner} has two rules of the name "${rule.name}".`);
    names.add(rule.name);
  }
}

function checkRule(owner: string, rule: AlertRule): void {
  if (typeof rule !== 'object' || rule === null || !Object.hasOwn(CHECKS, rule.kind)) {
    throw wrong(`A rule of ${owner} needs a kind: one of ${Object.keys(CHECKS).join(', ')}.`);
  }
  const { needs, takes } = CHECKS[rule.kind];
  const about = `a ${rule.kind} rule`;
  const options: Readonly<Record<string, unknown>> = { ...rule };
  checkOptions(about, options, takes);
  const missing = ['name', ...needs].find((name) => options[name] === undefined);
  if (missing !== undefined) throw wrong(`A ${rule.kind} rule needs "${missing}".`);
  const ways = ['above', 'below', 'drop'].filter((name) => options[name] !== undefined);
  if ('limit' in rule || 'repeats' in rule || 'silentMs' in rule) return;
  if (ways.length !== 1) throw wrong(`The rule "${rule.name}" needs one of above, below and drop, and no other.`);
  checkResolveAt(rule.name, options);
}

/** A level on the wrong side would let an alert resolve and fire at one and the same value. */
function checkResolveAt(name: string, { above, below, drop, resolveAt }: Readonly<Record<string, unknown>>): void {
  if (typeof resolveAt !== 'number') return;
  const highest = above ?? drop;
  if (typeof highest === 'number' && resolveAt > highest) {
    throw wrong(
      `The rule "${name}" fires above ${highest}, so its resolveAt can not be ${resolveAt}: it has to be lower.`,
    );
  }
  if (typeof below === 'number' && resolveAt < below) {
    throw wrong(
      `The rule "${name}" fires below ${below}, so its resolveAt can not be ${resolveAt}: it has to be higher.`,
    );
  }
}

/** Throws for names that the events of a rule never have: such a rule would never fire. */
export function checkNames({ rule, types, by }: CompiledRule): void {
  const named = [...by, ...Object.keys(rule.only ?? {})] as readonly AlertName[];
  if ('enforce' in rule && rule.enforce === true && named.includes('tool')) {
    throw wrong(`The rule "${rule.name}" can not be enforced: a model call is of no tool.`);
  }
  for (const name of named) {
    const nameless = types.find((type) => !namesOf(type).includes(name));
    if (nameless !== undefined) {
      throw wrong(`The rule "${rule.name}" can not look at the ${name}: ${nameless} does not tell it.`);
    }
  }
}

function namesOf(type: EventType): readonly AlertName[] {
  switch (type) {
    case 'tool.start':
    case 'tool.end':
      return ['agent', 'tool'];
    case 'retrieval.end':
      return ['agent'];
    case 'fault':
    case 'alert.firing':
    case 'alert.resolved':
    case 'budget.update':
      return [];
    default:
      return ['agent', 'model', 'provider'];
  }
}

function wrong(message: string): HeadroomError {
  return new HeadroomError('invalid-option', message);
}

function isShare(value: unknown): string | undefined {
  return isCount(value) === undefined && Number(value) <= 1 ? undefined : 'has to be a number from 0 to 1';
}

function isRepeats(value: unknown): string | undefined {
  return Number.isSafeInteger(value) && Number(value) >= 2 ? undefined : 'has to be a whole number, 2 or more';
}

function isListOfNames(value: unknown): string | undefined {
  const isList = Array.isArray(value) && value.every((name) => NAMES.includes(name as AlertName));
  return isList ? undefined : `has to be a list of ${NAMES.join(', ')}`;
}

function isRecordOfNames(value: unknown): string | undefined {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [['', '']];
  const isRecord = entries.every(
    ([name, wanted]) => NAMES.includes(name as AlertName) && isString(wanted) === undefined,
  );
  return isRecord ? undefined : `has to name one or more of ${NAMES.join(', ')}`;
}

function isLabels(value: unknown): string | undefined {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [['', '']];
  const isRecord = entries.every(
    ([name = '', text]) => LABEL_NAME.test(name) && !OWN_LABELS.includes(name) && isString(text) === undefined,
  );
  return isRecord
    ? undefined
    : `has to be labels of your own with values that are text, none of ${OWN_LABELS.join(', ')}`;
}
