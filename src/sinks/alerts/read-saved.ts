import type { AlertFacts } from './alert-facts.ts';
import type { AlertState } from './alert-state.ts';

/** Readers of parts of a snapshot: it comes from a file or a database, and may hold anything. */

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Never later than now: the clock of the process that saved it may have been ahead. */
export function readTime(value: unknown, nowMs: number): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? Math.min(value, nowMs) : undefined;
}

export function readText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The fields that are text; others are left out. */
export function readTexts(value: unknown): Readonly<Record<string, string>> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

export function readAlertState(value: unknown, nowMs: number): AlertState | undefined {
  if (!isRecord(value)) return undefined;
  const { phase, quietUntilMs, clearSinceMs } = value;
  if (phase === 'inactive') {
    return typeof quietUntilMs === 'number' && Number.isFinite(quietUntilMs) ? { phase, quietUntilMs } : { phase };
  }
  const sinceMs = readTime(value['sinceMs'], nowMs);
  if (sinceMs === undefined || (phase !== 'pending' && phase !== 'firing')) return undefined;
  const backSinceMs = readTime(clearSinceMs, nowMs);
  return phase === 'firing' && backSinceMs !== undefined
    ? { phase, sinceMs, clearSinceMs: backSinceMs }
    : { phase, sinceMs };
}

export function readFacts(value: unknown): AlertFacts | undefined {
  if (!isRecord(value)) return undefined;
  const { alertId, rule, severity, scope, threshold, unit, labels } = value;
  const isComplete =
    typeof alertId === 'string' &&
    typeof rule === 'string' &&
    (severity === 'info' || severity === 'warning' || severity === 'critical') &&
    (scope === 'run' || scope === 'session' || scope === 'window' || scope === 'budget') &&
    typeof threshold === 'number' &&
    typeof unit === 'string';
  if (!isComplete) return undefined;
  const { startedAt, ...texts } = value;
  return {
    ...readTexts(texts),
    alertId,
    rule,
    severity,
    scope,
    threshold,
    unit,
    labels: Object.freeze({ ...readTexts(labels) }),
    ...(typeof startedAt === 'number' ? { startedAt } : {}),
  };
}
