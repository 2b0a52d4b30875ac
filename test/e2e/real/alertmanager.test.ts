import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EventBus } from '../../../src/events/bus.ts';
import type { AlertFiring, AlertResolved } from '../../../src/events/event.ts';
import { goJson, webhookBody } from '../../../src/sinks/alerts/delivery/webhook.ts';
import { createAlertmanagerDestination, createAlerts, type Alert } from '../../../src/sinks/alerts/index.ts';
import { recordEvents } from '../../../src/testing.ts';
import { startStubServer, type StubServer } from '../../unit/sinks/alerts/delivery/stub-server.ts';
import { usage } from '../../unit/sinks/alerts/watch.ts';
import { say } from '../../unit/sinks/scripted-events.ts';
import { runAlertmanager, type RunningAlertmanager } from './run-alertmanager.ts';
import { findOrInstall, PROGRAMS } from './system-binary.ts';
import { until } from './until.ts';

const binary = findOrInstall(PROGRAMS.alertmanager);

describe.skipIf(binary === undefined)('a real Alertmanager', () => {
  let hook: StubServer;
  let alertmanager: RunningAlertmanager;
  beforeAll(async () => {
    hook = await startStubServer();
    alertmanager = await runAlertmanager(binary ?? '', `${hook.url}/hook`);
  }, 60_000);
  afterAll(async () => {
    await alertmanager?.stop();
    await hook?.close();
  });

  /** What it told its webhook of alerts by this name. */
  const toldOf = (alertname: string): readonly Payload[] =>
    hook.posted
      .map(({ body }) => JSON.parse(body) as Payload)
      .filter(({ groupLabels }) => groupLabels['alertname'] === alertname);

  function alerting(name: string, leastOpenMs: number) {
    const events = new EventBus();
    const recorded = recordEvents(events);
    const destination = createAlertmanagerDestination({
      url: alertmanager.url,
      repeatIntervalMs: 1_000,
      leastOpenMs,
      generatorUrl: 'http://example.com/d/agents?a=1&b=2',
    });
    const alerts = createAlerts({
      rules: [
        {
          name,
          kind: 'run',
          measure: 'tokens',
          above: 100,
          severity: 'critical',
          labels: { team: 'payments <&> ünïcode' },
          runbookUrl: 'http://example.com/runbook',
        },
      ],
      destinations: [destination],
    });
    alerts.attach(events);
    const told = (): readonly Alert[] =>
      recorded.filter((event): event is AlertFiring | AlertResolved => event.type.startsWith('alert.'));
    return { alerts, events, told };
  }

  test('tells of our alert once when it fires, however often it is sent, and once when it is over', async () => {
    const { alerts, events, told } = alerting('greedy', 0);
    say(events, 'model.end', { usage: usage(101) });
    await until(() => toldOf('greedy').length > 0);
    // Long enough for several repeats and several of its intervals.
    await wait(4_000);
    expect(alerts.figures.destinations[0]?.delivered).toBeGreaterThan(3);
    expect(toldOf('greedy')).toHaveLength(1);
    const [firing] = toldOf('greedy');
    expect(firing).toMatchObject({
      version: '4',
      status: 'firing',
      alerts: [
        {
          status: 'firing',
          labels: {
            alertname: 'greedy',
            severity: 'critical',
            run_id: 'run_1',
            agent: 'support',
            team: 'payments <&> ünïcode',
          },
          annotations: { summary: '101 tokens in this run, threshold 100.', runbook_url: 'http://example.com/runbook' },
          generatorURL: 'http://example.com/d/agents?a=1&b=2',
          fingerprint: told()[0]?.fingerprint,
        },
      ],
    });

    say(events, 'run.end');
    await until(() => toldOf('greedy').length > 1);
    await wait(3_000);
    expect(toldOf('greedy').map(({ status }) => status)).toEqual(['firing', 'resolved']);
    await alerts.close();
  });

  test('is sent what is over within its group_wait for long enough to tell of it', async () => {
    const { alerts, events } = alerting('short', 3_000);
    say(events, 'model.end', { usage: usage(101) });
    say(events, 'run.end');
    await until(() => toldOf('short').length > 1);
    expect(toldOf('short').map(({ status }) => status)).toEqual(['firing', 'resolved']);
    await alerts.close();
  });

  test('resolves by itself what a process left firing', async () => {
    const { alerts, events } = alerting('left', 60_000);
    say(events, 'model.end', { usage: usage(101) });
    await alerts.close();
    await until(() => toldOf('left').length > 1);
    expect(toldOf('left').map(({ status }) => status)).toEqual(['firing', 'resolved']);
  });

  test('posts to its webhooks what ours posts, byte for byte', async () => {
    const { alerts, events, told } = alerting('bytes', 0);
    say(events, 'model.end', { usage: usage(101) });
    await until(() => toldOf('bytes').length > 0);
    const theirs = hook.posted.map(({ body }) => body).find((body) => body.includes('"bytes"')) ?? '';
    const { externalURL: externalUrl, receiver } = JSON.parse(theirs) as Payload;
    const ours = webhookBody(
      told().map((alert) => ({ alert, isRepeat: false })),
      { receiver, externalUrl, generatorUrl: 'http://example.com/d/agents?a=1&b=2' },
    );
    // Later versions have more fields: without them, and without the line break that some end with, it is the same text.
    const theirFields = Object.entries(JSON.parse(theirs) as object);
    const common = theirFields.filter(([name]) => Object.keys(JSON.parse(ours) as object).includes(name));
    const expected = common.length === theirFields.length ? theirs : goJson(Object.fromEntries(common));
    expect(ours.trimEnd()).toBe(expected.trimEnd());
    expect(common.length).toBe(10);
    await alerts.close();
  });
});

interface Payload {
  readonly version: string;
  readonly status: string;
  readonly receiver: string;
  readonly externalURL: string;
  readonly groupLabels: Readonly<Record<string, string>>;
  readonly alerts: readonly unknown[];
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
