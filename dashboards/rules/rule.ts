import type { Duration } from '../build/promql.ts';
import type { Vector } from '../build/series.ts';

/** Where the runbook is read. Whoever keeps a copy of it replaces this, or `_config.runbookUrl` of the mixin. */
export const RUNBOOK_URL = 'https://unpkg.com/headroom-hooks/dashboards/runbook.md';

export interface RecordingRule<Label extends string> {
  /** `level:metric:operations`, as Prometheus recommends. */
  readonly record: `job${string}:${string}:${string}`;
  readonly of: Vector<Label>;
}

export interface AlertRule {
  readonly alert: `Headroom${string}`;
  readonly when: Vector<string>;
  /** How long it has to hold before it fires; at once unless told otherwise. */
  readonly heldFor?: Duration;
  /** How long it fires on when it holds no more. */
  readonly keptFor?: Duration;
  readonly severity: 'critical' | 'warning' | 'info';
  /** Without a value, so that it stays the same while it fires. */
  readonly summary: string;
  /** With the value, and what to do first. */
  readonly description: string;
}

/** What a recording rule has written, to be read by another rule. */
export function recorded<Label extends string>({ record, of }: RecordingRule<Label>): Vector<Label> {
  return { ...of, promql: record, isTerm: true };
}

/** A recording rule as Prometheus reads it. */
export function writtenRecording({ record, of }: RecordingRule<string>): Readonly<Record<string, unknown>> {
  return { record, expr: inOneLine(of.promql) };
}

/** An alert rule as Prometheus reads it. Throws for a template that names a label which the alert has not. */
export function writtenAlert(rule: AlertRule): Readonly<Record<string, unknown>> {
  const { alert, when, heldFor, keptFor, severity, summary, description } = rule;
  for (const [, label = ''] of `${summary} ${description}`.matchAll(/\$labels\.(\w+)/g)) {
    if (!when.labels.includes(label)) throw new Error(`${alert} has no label ${label}.`);
  }
  return {
    alert,
    expr: inOneLine(when.promql),
    ...(heldFor === undefined ? {} : { for: heldFor }),
    ...(keptFor === undefined ? {} : { keep_firing_for: keptFor }),
    labels: { severity },
    annotations: { summary, description, runbook_url: `${RUNBOOK_URL}#${alert.toLowerCase()}` },
  };
}

/** Jsonnet reads no texts of several lines out of YAML. */
function inOneLine(promql: string): string {
  return promql.replaceAll('\n', ' ');
}
