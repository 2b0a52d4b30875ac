import type { EventBase, EventFacts } from '../../events/event.ts';
import type { CompiledRule } from './compile-rule.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { AlertName, AlertRule } from './rule.ts';

/** What an alert says besides its value. */
export type AlertFacts = Omit<EventFacts<'alert.firing'>, 'value'>;

/** Whose alert it is, as events say it. */
export type Owner = Pick<EventBase, 'runId' | 'parentRunId' | 'sessionId' | 'agent'>;

export type Names = Readonly<Partial<Record<AlertName, string>>>;

const LONGEST_NAME = 100;
/** Most names need no change: looking is a third of the work of changing nothing. */
const PLAIN_NAME = /^[ -~]{1,100}$/;

/** The names in an event, each in one line and of bounded length: they come from models and users. */
export function namesOf(event: Pick<EventBase, 'agent'>): Names {
  const { agent, model, provider, toolName } = event as typeof event & {
    readonly [Name in 'model' | 'provider' | 'toolName']?: unknown;
  };
  return { agent: nameOf(agent), model: nameOf(model), provider: nameOf(provider), tool: nameOf(toolName) };
}

function nameOf(text: unknown): string {
  if (typeof text !== 'string' || text === '') return 'unknown';
  if (PLAIN_NAME.test(text)) return text;
  return text
    .replace(/\p{Control}/gu, ' ')
    .slice(0, LONGEST_NAME)
    .toWellFormed();
}

export interface AlertSubject {
  /** Unique among the alerts of the rule. */
  readonly id: string | undefined;
  readonly owner: Owner;
  /** Those that are told. */
  readonly names: Names;
}

/** Everything about an alert that stays the same from its firing to its resolving. */
export function alertFactsOf(
  { rule, scope, unit, limits: { threshold } }: CompiledRule,
  { id, owner, names }: AlertSubject,
  facts: { readonly value: number; readonly startedAt: number },
): AlertFacts {
  const { name, severity = 'warning', runbookUrl } = rule;
  const labels = {
    ...rule.labels,
    ...names,
    ...(scope === 'run' && owner.runId !== undefined ? { run_id: nameOf(owner.runId) } : {}),
    ...(scope === 'session' && owner.sessionId !== undefined ? { session_id: nameOf(owner.sessionId) } : {}),
    alertname: name,
    severity,
  };
  const fingerprint = fingerprintOf(labels);
  return {
    alertId: `${name}:${id ?? fingerprint}`,
    rule: name,
    severity,
    scope,
    threshold,
    unit,
    labels: Object.freeze(labels),
    fingerprint,
    startedAt: facts.startedAt,
    summary: rule.summary ?? describe(rule, facts.value, { scope, unit, threshold }),
    runbookUrl,
    ...owner,
  };
}

function describe(
  rule: AlertRule,
  value: number,
  { scope, unit, threshold }: Pick<AlertFacts, 'scope' | 'unit' | 'threshold'>,
): string {
  if (rule.kind === 'absence') return `No ${rule.event} for ${readable(value)} ms.`;
  if (rule.kind === 'loop') return `The same tool call ${readable(value)} times in this run.`;
  return `${readable(value)} ${unit} in this ${scope}, threshold ${readable(threshold)}.`;
}

function readable(value: number): string {
  return String(Number(value.toPrecision(6)));
}
