import type { Alert } from './destination.ts';

/** Labels of an alert, those of other sinks included, which have none. */
export function labelsOf({ labels, rule, severity }: Alert): Readonly<Record<string, string>> {
  return labels ?? { alertname: rule, severity };
}

/** What is said about an alert besides its labels. */
export function annotationsOf(alert: Alert): Readonly<Record<string, string>> {
  const { summary, runbookUrl, value, threshold, unit, scope } = alert;
  return {
    description: `Value ${value} ${unit}, threshold ${threshold} ${unit}, measured over one ${scope}.`,
    ...(runbookUrl === undefined ? {} : { runbook_url: runbookUrl }),
    ...(summary === undefined ? {} : { summary }),
  };
}

export function startedAtOf(alert: Alert): number {
  return alert.startedAt ?? alert.time;
}

/** Never before it started, though the wall clock may have been set back since: Alertmanager would refuse that. */
export function endedAtOf(alert: Alert): number {
  return Math.max(alert.time, startedAtOf(alert));
}
