import { inspect } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { EventBus } from '../../../../../src/events/bus.ts';
import { HeadroomError } from '../../../../../src/headroom-error.ts';
import {
  createAlertmanagerDestination,
  createAlerts,
  createSlackDestination,
  createWebhookDestination,
  type AlertDestination,
  type HttpDestinationOptions,
} from '../../../../../src/sinks/alerts/index.ts';
import { recordEvents } from '../../../../../src/testing.ts';
import { say } from '../../scripted-events.ts';
import { usage } from '../watch.ts';
import { startStubServer, type Answer, type StubServer } from './stub-server.ts';

const DESTINATIONS: Readonly<Record<string, (options: HttpDestinationOptions) => AlertDestination>> = {
  alertmanager: createAlertmanagerDestination,
  webhook: createWebhookDestination,
  slack: createSlackDestination,
};

const servers: StubServer[] = [];
afterAll(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(answers: readonly Answer[] = []): Promise<StubServer> {
  const server = await startStubServer(answers);
  servers.push(server);
  return server;
}

/** Alerts of a budget, delivered with the real fetch and the real clock. */
function alerting(...destinations: readonly AlertDestination[]) {
  const events = new EventBus();
  const recorded = recordEvents(events);
  const budget = { name: 'budget', kind: 'budget', measure: 'tokens', limit: 100, period: 'total' } as const;
  const alerts = createAlerts({ rules: [budget], destinations });
  alerts.attach(events);
  return {
    alerts,
    events,
    recorded,
    fire: () => say(events, 'model.end', { usage: usage(100) }),
    faults: () => recorded.flatMap((event) => (event.type === 'fault' ? [event.message] : [])),
  };
}

// At once, because most of the time they wait.
describe.concurrent.each(Object.entries(DESTINATIONS))('a destination of kind %s', (kind, create) => {
  test.each<{ readonly what: string; readonly answers: readonly Answer[]; readonly tries: number }>([
    { what: 'takes it', answers: [], tries: 1 },
    { what: 'fails once', answers: [{ status: 500 }], tries: 2 },
    { what: 'is not there for a moment', answers: [{ status: 503 }, { status: 408 }], tries: 3 },
    { what: 'has too much to do', answers: [{ status: 429, headers: { 'retry-after': '1' } }], tries: 2 },
    { what: 'cuts the connection', answers: ['cut'], tries: 2 },
    { what: 'answers with nonsense', answers: ['nonsense'], tries: 2 },
    { what: 'does not answer', answers: ['hang'], tries: 2 },
  ])('delivers to a server that $what', async ({ answers, tries }) => {
    const server = await serve(answers);
    const { alerts, fire, faults } = alerting(
      create({ url: server.url, timeoutMs: answers.includes('hang') ? 500 : 5_000 }),
    );
    const startMs = performance.now();
    fire();
    for (let round = 0; round < 60 && alerts.figures.destinations[0]?.delivered === 0; round++) await wait(100);
    expect(alerts.figures.destinations[0]).toMatchObject({
      name: kind,
      delivered: 1,
      lostChanges: 0,
      failedAttempts: tries - 1,
    });
    expect(server.posted).toHaveLength(tries);
    expect(
      server.posted.every(({ method, headers }) => method === 'POST' && headers['content-type'] === 'application/json'),
    ).toBe(true);
    expect(new Set(server.posted.map(({ body }) => withoutTimes(body))).size).toBe(1);
    if (answers.some((answer) => typeof answer === 'object' && answer.status === 429)) {
      expect(performance.now() - startMs).toBeGreaterThan(1_000);
    }
    expect(faults()).toEqual([]);
    await alerts.close(10);
  });

  test.each([400, 401, 404, 302])('gives up on status %i, which does not get better, and says so', async (status) => {
    const elsewhere = await serve();
    const server = await serve([{ status, headers: { location: elsewhere.url } }]);
    const { alerts, fire, faults } = alerting(create({ url: server.url }));
    fire();
    await alerts.flush();
    expect(server.posted).toHaveLength(1);
    expect(elsewhere.posted).toEqual([]);
    expect(faults()).toEqual([
      `1 change of an alert could not be delivered to ${kind}. It answered with status ${status}.`,
    ]);
    await alerts.close(10);
  });

  test('does not hold up the agent, nor the others, when nobody listens at its address', async () => {
    const gone = await startStubServer();
    await gone.close();
    const server = await serve();
    const { alerts, fire, faults } = alerting(create({ url: gone.url }), create({ url: server.url, name: 'other' }));
    fire();
    expect(alerts.figures.destinations).toMatchObject([{ failedAttempts: 0 }, { delivered: 0 }]);
    await alerts.flush(1_000);
    expect(alerts.figures.destinations).toMatchObject([{ delivered: 0 }, { name: 'other', delivered: 1 }]);
    await alerts.close(10);
    expect(faults().join(' ')).not.toContain('127.0.0.1');
  });

  test('keeps its address and headers out of faults, events, figures, errors and its own looks', async () => {
    const server = await serve([{ status: 400, body: 'swordfish' }]);
    const url = `${server.url.replace('//', '//swordfish:swordfish@')}/services/swordfish?token=swordfish`;
    const destination = create({ url, headers: { 'x-token': 'swordfish' } });
    const { alerts, fire, recorded } = alerting(destination);
    fire();
    await alerts.flush();
    const looks = [destination, alerts, recorded, alerts.figures, alerts.snapshot()].map(
      (one) => inspect(one, { depth: 10, showHidden: true }) + JSON.stringify(one),
    );
    expect(recorded.some(({ type }) => type === 'fault')).toBe(true);
    expect(looks.join(' ')).not.toContain('swordfish');
    expect(server.posted[0]?.headers).toMatchObject({
      'x-token': 'swordfish',
      authorization: `Basic ${btoa('swordfish:swordfish')}`,
    });
    expect(server.posted[0]?.path).toMatch(/^\/services\/swordfish(\/api\/v2\/alerts)?\?token=swordfish$/);
    await alerts.close(10);
  });

  test.each([
    [{}, 'url'],
    [{ url: 'swordfish' }, 'url'],
    [{ url: 'ftp://swordfish' }, 'url'],
    [{ url: 'http://a%swordfish:b@c' }, 'url'],
    [{ url: 'http://a', timeoutMs: 0 }, 'timeoutMs'],
    [{ url: 'http://a', repeatIntervalMs: 2 ** 31 }, 'repeatIntervalMs'],
    [{ url: 'http://a', name: 'a b' }, 'name'],
    [{ url: 'http://a', headers: { a: 1 } }, 'headers'],
    [{ url: 'http://a', fetch: 1 }, 'fetch'],
    [{ url: 'http://a', uri: 'x' }, 'uri'],
  ])('refuses wrong options while wiring, without quoting an address: %o', (options, name) => {
    let error: unknown;
    try {
      create(options as unknown as HttpDestinationOptions);
    } catch (thrown) {
      error = thrown;
    }
    expect(HeadroomError.is(error) && error.message).toContain(`"${name}"`);
    expect(String(error)).not.toContain('swordfish');
  });

  test('uses the fetch that it is given', async () => {
    const asked: unknown[] = [];
    const { alerts, fire } = alerting(
      create({
        url: 'https://example.com/x',
        fetch: async (input) => {
          asked.push(input);
          return new Response('ok');
        },
      }),
    );
    fire();
    await alerts.flush();
    expect(asked).toEqual([kind === 'alertmanager' ? 'https://example.com/x/api/v2/alerts' : 'https://example.com/x']);
    await alerts.close(10);
  });
});

test('a callback that hangs, throws or is slow holds up neither the agent nor the other destinations', async () => {
  const server = await serve();
  const heard: string[] = [];
  const events = new EventBus();
  const recorded = recordEvents(events);
  const rule = { name: 'large', kind: 'request', measure: 'tokens', above: 1 } as const;
  const alerts = createAlerts({
    rules: [rule],
    onAlert: async ({ type }) => {
      heard.push(type);
      if (heard.length === 1) throw new Error('swordfish');
      await new Promise((resolve) => setTimeout(resolve, heard.length === 2 ? 50 : 0));
    },
    destinations: [createWebhookDestination({ url: server.url })],
  });
  alerts.attach(events);
  for (let call = 0; call < 3; call++) say(events, 'model.end', { callId: `call_${call}` });
  await alerts.flush();
  expect(heard).toEqual(Array.from({ length: 3 }, () => ['alert.firing', 'alert.resolved']).flat());
  expect(alerts.figures.destinations).toMatchObject([
    { name: 'on-alert', delivered: 5, lostChanges: 1 },
    { name: 'webhook', delivered: 6 },
  ]);
  expect(JSON.stringify(recorded)).not.toContain('swordfish');
  await alerts.close();
});

function withoutTimes(body: string): string {
  return body.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME');
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
