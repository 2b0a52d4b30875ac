import { describe, expect, it } from 'vitest';
import { searchCode } from '../../../examples/demo/incident/code-search.ts';
import { listDeployments } from '../../../examples/demo/incident/deployments.ts';
import { getDiff } from '../../../examples/demo/incident/diff.ts';
import { LOGGED_SERVICES, searchLogs } from '../../../examples/demo/incident/logs.ts';
import { queryMetrics } from '../../../examples/demo/incident/metrics.ts';
import { listOrders } from '../../../examples/demo/incident/orders.ts';
import { getPods } from '../../../examples/demo/incident/pods.ts';
import { INCIDENT, TIMELINE, formatTime } from '../../../examples/demo/incident/timeline.ts';
import { EVIDENCE, diagnose } from '../../../examples/demo/script/diagnosis.ts';
import { countText } from '../../../examples/demo/script/prompt-cache.ts';

const readAll = (): string[] =>
  [
    listDeployments(),
    queryMetrics(),
    ...LOGGED_SERVICES.slice(0, 2).map((service) => searchLogs({ service })),
    getPods(),
    getDiff(),
    searchCode({ pattern: 'DB_POOL' }),
    listOrders(),
  ].map((result) => (typeof result === 'string' ? result : JSON.stringify(result)));

describe('the data of the incident', () => {
  it('is the same whenever it is generated', () => {
    expect(readAll()).toEqual(readAll());
  });

  it('holds every fact that the diagnosis rests on', () => {
    const data = readAll().join('\n');
    expect(EVIDENCE.filter((fact) => !data.includes(fact))).toEqual([]);
    expect(diagnose(data)).not.toContain('I have not read');
  });

  it('has the size of real tool results: 40,000 to 80,000 tokens', () => {
    const tokens = readAll().reduce((sum, text) => sum + countText(text), 0);
    expect(tokens).toBeGreaterThan(40_000);
    expect(tokens).toBeLessThan(80_000);
  });

  it('tells one story in orders, log and metrics: failures between the first failure and the rollback', () => {
    const failed = listOrders().filter(({ status }) => status !== 'completed');
    const times = failed.map(({ created_at }) => Date.parse(created_at));
    expect(Math.min(...times)).toBeGreaterThan(TIMELINE.firstFailure);
    expect(Math.max(...times)).toBeLessThan(TIMELINE.rolledBack);
    const log = searchLogs({ service: 'checkout', contains: 'ERROR' });
    const logged = [...log.matchAll(/order=(ord_\d+)/g)].map(([, id]) => id);
    expect(logged.length).toBeGreaterThan(40);
    expect(failed.map(({ id }) => id)).toEqual(expect.arrayContaining(logged));
    const bad = queryMetrics().filter(({ error_ratio }) => error_ratio > 0.1);
    expect(bad[0]?.time).toBe('2026-03-12T02:06:00Z');
    expect(bad.at(-1)?.time).toBe('2026-03-12T03:08:00Z');
  });

  it('has unique records in the order of time', () => {
    const starts = listDeployments().map(({ startedAt }) => startedAt);
    expect(starts).toEqual(starts.toSorted());
    expect(starts).toContain(formatTime(TIMELINE.paymentsDeployed));
    expect(new Set(listOrders().map(({ id }) => id)).size).toBe(listOrders().length);
    expect(listOrders().filter(({ status }) => status === 'payment_unknown')).toHaveLength(INCIDENT.unknownPayments);
  });

  it('has a diff whose hunks have as many lines as their headers say', () => {
    const hunks = getDiff()
      .split(/^(?=@@ |diff )/m)
      .filter((part) => part.startsWith('@@'));
    expect(hunks.length).toBeGreaterThan(10);
    for (const hunk of hunks) {
      const [, before, after] = /^@@ -\d+,(\d+) \+\d+,(\d+) @@/.exec(hunk) ?? [];
      const lines = hunk.replace(/\n$/, '').split('\n').slice(1);
      expect([hunk, lines.filter((line) => !line.startsWith('+')).length]).toEqual([hunk, Number(before)]);
      expect([hunk, lines.filter((line) => !line.startsWith('-')).length]).toEqual([hunk, Number(after)]);
    }
  });
});
