import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMetricsServer, type MetricsServer } from '../../../../examples/demo/metrics-server.ts';
import { EventBus } from '../../../../src/events/bus.ts';
import { createPrometheusSink } from '../../../../src/sinks/prometheus/index.ts';
import { DASHBOARDS, PANELS, TARGETS, VARIABLES } from '../../../dashboards/dashboard-json.ts';
import { startStubServer, type StubServer } from '../../../unit/sinks/alerts/delivery/stub-server.ts';
import { FACTS, say } from '../../../unit/sinks/scripted-events.ts';
import { findOrInstall, PROGRAMS } from '../system-binary.ts';
import { until } from '../until.ts';
import { runExample, type RunningExample } from './run-example.ts';
import { runStack, type Stack } from './run-stack.ts';

const prometheus = findOrInstall(PROGRAMS.prometheus);
const alertmanager = findOrInstall(PROGRAMS.alertmanager);

/** A process with the Prometheus sink, as a job of its own. */
async function startProcess(options: Parameters<typeof createPrometheusSink>[0] = {}) {
  const events = new EventBus();
  const sink = createPrometheusSink(options);
  sink.attach(events);
  const server = await startMetricsServer(sink);
  return { events, server, target: new URL(server.url).host };
}

describe.skipIf(prometheus === undefined || alertmanager === undefined)('with a real Prometheus', () => {
  const servers: MetricsServer[] = [];
  let hook: StubServer;
  let example: RunningExample;
  let troubled: EventBus;
  let budgeted: EventBus;
  let stack: Stack;
  let trouble: NodeJS.Timeout;

  beforeAll(async () => {
    hook = await startStubServer();
    example = await runExample({ SPEED: '20' });
    const processes = {
      troubled: await startProcess({ maxLabelValues: 3 }),
      fresh: await startProcess(),
      unpriced: await startProcess(),
      budgeted: await startProcess(),
    };
    servers.push(...Object.values(processes).map(({ server }) => server));
    troubled = processes.troubled.events;
    budgeted = processes.budgeted.events;
    const { costUsd: _cost, costSavedUsd: _saved, ...unpriced } = FACTS['model.end'];
    let round = 0;
    trouble = setInterval(() => {
      round += 1;
      say(troubled, 'alert.firing', { alertId: `alert_${round}` });
      say(troubled, 'alert.resolved', { alertId: `alert_${round}` });
      say(troubled, 'fault', { where: 'listener', eventType: 'model.end' });
      say(troubled, 'fault', { where: 'alert', destination: 'pager', lostChanges: 1 });
      say(troubled, 'tool.end', { toolName: `tool_${round}`, outcome: 'error', errorType: 'Timeout' });
      processes.unpriced.events.emit('model.end', () => unpriced);
    }, 500);
    stack = await runStack({
      prometheus: prometheus ?? '',
      alertmanager: alertmanager ?? '',
      webhookUrl: `${hook.url}/hook`,
      targets: {
        agents: example.target,
        ...Object.fromEntries(Object.entries(processes).map(([job, { target }]) => [job, target])),
      },
    });
  }, 60_000);
  afterAll(async () => {
    clearInterval(trouble);
    await stack?.stop();
    await example?.stop();
    for (const server of servers) await server.close();
    await hook?.close();
  });

  test('every query of every panel is answered with finite numbers', async () => {
    const unanswered = async (): Promise<readonly string[]> => {
      const lines: string[] = [];
      for (const { dashboard, title, target } of TARGETS) {
        const found = await stack.query(filledIn(target.expr, '.+'), target.instant ? 'now' : 'time');
        const isFinite = found.some(({ values }) => values.some(Number.isFinite));
        if (!isFinite) lines.push(`${dashboard}, ${title}, ${target.refId}: ${target.expr}`);
      }
      return lines;
    };
    // As long as rates have fewer scrapes than they need.
    for (let round = 0; round < 8 && (await unanswered()).length > 0; round++) await wait(5_000);
    expect(await unanswered()).toEqual([]);
    expect(TARGETS.length).toBeGreaterThan(70);
  });

  test('every variable has values, and what one selects is found with those before it', async () => {
    for (const { dashboard, variable } of VARIABLES.filter((one) => one.variable.type === 'query')) {
      const [, selector = '', label = ''] = /^label_values\((.*), (\w+)\)$/.exec(variable.definition ?? '') ?? [];
      const values = await stack.labelValues(filledIn(selector, 'agents'), label);
      expect([dashboard, variable.name, values.length > 0]).toEqual([dashboard, variable.name, true]);
      if (variable.name === 'agent') expect(values).toEqual(expect.arrayContaining(['on-call', 'order-desk']));
      if (variable.name === 'model') expect(values).toEqual(['sim-large', 'sim-small']);
    }
  });

  test('every expression of an annotation can be evaluated', async () => {
    const { annotations } = DASHBOARDS[0]?.json ?? { annotations: { list: [] } };
    for (const { expr } of annotations.list) await stack.query(filledIn(expr, '.+'), 'time');
    expect(annotations.list).toHaveLength(2);
  });

  test('a process that has done nothing shows zero where that is so, and nothing where it is unknown', async () => {
    const shown: Record<string, readonly number[]> = {};
    for (const { title, panel, target } of TARGETS.filter((one) => one.panel.type === 'stat')) {
      const found = await stack.query(filledIn(target.expr, 'fresh'), 'now');
      shown[title] = found.flatMap(({ values }) => values);
      // In place of `No data`.
      expect(panel.fieldConfig?.defaults.noValue).toBeTruthy();
    }
    const of = (numbers: readonly number[]): readonly string[] =>
      Object.keys(shown).filter((title) => JSON.stringify(shown[title]) === JSON.stringify(numbers));
    expect(of([0]).toSorted()).toEqual([
      'Alerts firing in agents',
      'Cost',
      'Cost avoided',
      'Faults',
      'Input tokens',
      'Output tokens',
      'Retrieved tokens',
      'Runs',
      'Tokens before',
      'Tokens saved',
      'Tokens sent',
    ]);
    expect(of([1])).toEqual(['Processes']);
    expect(of([]).length).toBe(Object.keys(shown).length - 12);
  });

  test('a cost that is not known is not zero', async () => {
    for (const { target } of TARGETS.filter(({ title }) => title === 'Cost' || title === 'Cost avoided')) {
      expect(await stack.query(filledIn(target.expr, 'unpriced'), 'now')).toEqual([]);
    }
    const [share] = TARGETS.filter(({ title }) => title === 'Calls of unknown cost');
    const [series] = await stack.query(filledIn(share?.target.expr ?? '', 'unpriced'), 'now');
    expect(series?.values[0]).toBeCloseTo(1, 1);
  });

  test('a process that is not there shows nothing at all', async () => {
    for (const { title, target } of TARGETS.filter(({ panel }) => panel.type === 'stat')) {
      expect([title, await stack.query(filledIn(target.expr, 'nobody'), 'now')]).toEqual([title, []]);
    }
  });

  test('what a panel shows is what the agents did', async () => {
    const exprOf = (title: string): string =>
      TARGETS.find((one) => one.title === title)?.target.expr.replaceAll('$__range', '20s') ?? '';
    const valueOf = async (title: string): Promise<number> =>
      (await stack.query(filledIn(exprOf(title), 'agents'), 'now'))[0]?.values[0] ?? Number.NaN;
    const [before, sent, saved] = [
      await valueOf('Tokens before'),
      await valueOf('Tokens sent'),
      await valueOf('Tokens saved'),
    ];
    expect(Math.abs(before - sent - saved) / before).toBeLessThan(0.1);
    expect(await valueOf('Savings ratio')).toBeGreaterThan(0.5);
    expect(await valueOf('Savings ratio')).toBeLessThan(1);
    expect(PANELS.length).toBeGreaterThan(60);
  });

  test('an alert goes through Prometheus and Alertmanager: firing once, and then resolved', async () => {
    const name = 'HeadroomBudgetNearLimit';
    const told = (): readonly Notice[] =>
      hook.posted
        .map(({ body }) => JSON.parse(body) as Notice)
        .filter(({ groupLabels }) => groupLabels['alertname'] === name && groupLabels['job'] === 'budgeted');
    say(budgeted, 'budget.update', { budget: 'day', used: 90, limit: 100 });
    await until(() => told().length > 0);
    // Long enough for several evaluations and several intervals of the group.
    await wait(4_000);
    expect(told().map(({ status }) => status)).toEqual(['firing']);
    expect(told()[0]?.alerts).toMatchObject([
      {
        labels: { alertname: name, job: 'budgeted', budget: 'day', severity: 'warning' },
        annotations: {
          summary: 'The budget day is nearly used.',
          description: '90% of it is used in the process that used most.',
          runbook_url: expect.stringMatching(/#headroombudgetnearlimit$/),
        },
      },
    ]);
    const [annotation] = DASHBOARDS[0]?.json.annotations.list ?? [];
    expect(await stack.query(filledIn(annotation?.expr ?? '', 'budgeted'), 'time')).not.toEqual([]);

    say(budgeted, 'budget.update', { budget: 'day', used: 10, limit: 100 });
    await until(() => told().length > 1);
    await wait(3_000);
    expect(told().map(({ status }) => status)).toEqual(['firing', 'resolved']);
  });

  test('the example stops when it is told to', async () => {
    expect(await example.stop()).toBe(0);
  });
});

interface Notice {
  readonly status: string;
  readonly groupLabels: Readonly<Record<string, string>>;
  readonly alerts: readonly unknown[];
}

/** As Grafana fills in variables: one job, all instances, all agents and all models. */
function filledIn(expression: string, job: string): string {
  return expression
    .replaceAll('$__rate_interval', '20s')
    .replaceAll('$__range', '60s')
    .replaceAll('$__interval', '5s')
    .replaceAll('$job', job)
    .replaceAll('$instance', '.+')
    .replaceAll(/\$(?:agent|model)/g, '.*');
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
