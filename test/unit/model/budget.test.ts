import { describe, expect, test } from 'vitest';
import {
  createHeadroomHooks,
  EventBus,
  HeadroomBudgetError,
  HeadroomError,
  HeadroomModel,
  HeadroomStopError,
  withinRun,
  type BudgetGuard,
} from '../../../src/index.ts';
import { createAlerts, type AlertRule } from '../../../src/sinks/alerts/index.ts';
import { assertPaired, recordEvents, scriptedModel } from '../../../src/testing.ts';

const prompt = [{ role: 'user', content: [{ type: 'text', text: 'Hello.' }] }];
const answer = () => scriptedModel([{ text: 'Hello.', usage: { inputTokens: 50, outputTokens: 10 } }]);

function guarded(rule: AlertRule) {
  const events = new EventBus();
  const recorded = recordEvents(events);
  const alerts = createAlerts({ rules: [rule] });
  alerts.attach(events);
  const underlying = answer();
  return { alerts, events, recorded, underlying, model: new HeadroomModel(underlying, { events, budget: alerts }) };
}

const daily = { name: 'daily', kind: 'budget', measure: 'tokens', limit: 100, period: 'day', enforce: true } as const;

describe('a model with a budget', () => {
  test('is called until the budget is used up, then no more, and says which and by how much', async () => {
    const { model, underlying, recorded } = guarded(daily);
    await model.doGenerate({ prompt });
    await model.doGenerate({ prompt });
    const error: unknown = await model.doGenerate({ prompt }).catch((thrown: unknown) => thrown);
    expect(HeadroomBudgetError.is(error)).toBe(true);
    expect(error).toMatchObject({
      rule: 'daily',
      scope: 'budget',
      value: 120,
      threshold: 100,
      unit: 'tokens',
    });
    expect(HeadroomStopError.is(error)).toBe(true);
    expect(String(error)).toBe(
      'HeadroomBudgetError: The call was not made: daily is at 120 of 100 tokens in this budget.',
    );
    await expect(model.doStream({ prompt })).rejects.toThrow(HeadroomBudgetError);
    expect(underlying.calls).toHaveLength(2);
    assertPaired(recorded);
  });

  test('refuses nothing for a rule that only alerts', async () => {
    const { model, underlying } = guarded({ ...daily, enforce: false });
    for (let call = 0; call < 3; call++) await model.doGenerate({ prompt });
    expect(underlying.calls).toHaveLength(3);
  });

  test('keeps one run from going on, and lets others', async () => {
    const { model, underlying } = guarded({ name: 'run', kind: 'run', measure: 'tokens', above: 100, enforce: true });
    const callIn = (runId: string) => withinRun({ runId }, () => model.doGenerate({ prompt }));
    await callIn('a');
    await callIn('a');
    await expect(callIn('a')).rejects.toThrow(HeadroomBudgetError);
    await callIn('b');
    expect(underlying.calls).toHaveLength(3);
  });

  test('keeps one session from going on, over its runs', async () => {
    const { model } = guarded({ name: 's', kind: 'session', measure: 'modelCalls', above: 1, enforce: true });
    const callIn = (runId: string, sessionId: string) =>
      withinRun({ runId, sessionId }, () => model.doGenerate({ prompt }));
    await callIn('a', 's1');
    await callIn('b', 's1');
    await expect(callIn('c', 's1')).rejects.toThrow(HeadroomBudgetError);
    await callIn('d', 's2');
  });

  test('keeps to a budget of one agent, and to one of a model', async () => {
    const { model } = guarded({ ...daily, by: ['agent'], only: { model: 'scripted-model' } });
    const callBy = (agent: string) => withinRun({ runId: agent, agent }, () => model.doGenerate({ prompt }));
    await callBy('a');
    await callBy('a');
    await expect(callBy('a')).rejects.toThrow(HeadroomBudgetError);
    await callBy('b');
  });

  test('ends the run as aborted', async () => {
    const hooks = createHeadroomHooks({ sinks: [] });
    const recorded = recordEvents(hooks.events);
    const alerts = createAlerts({ rules: [{ ...daily, limit: 1 }] });
    alerts.attach(hooks.events);
    const model = new HeadroomModel(answer(), { events: hooks.events, budget: alerts });
    await hooks.run(() => model.doGenerate({ prompt }));
    await expect(hooks.run(() => model.doGenerate({ prompt }))).rejects.toThrow(HeadroomBudgetError);
    expect(recorded.flatMap((event) => (event.type === 'run.end' ? [event.outcome] : []))).toEqual(['ok', 'aborted']);
    await hooks.close();
  });

  test('is called all the same when the guard itself fails, and tells of that', async () => {
    const budget: BudgetGuard = {
      exceededBy() {
        throw new Error('broken');
      },
    };
    const model = new HeadroomModel(answer(), { budget });
    const recorded = recordEvents(model.events);
    await model.doGenerate({ prompt });
    expect(recorded).toContainEqual(expect.objectContaining({ type: 'fault', where: 'alert', errorName: 'Error' }));
  });

  test('refuses what is no guard while wiring', () => {
    expect(() => new HeadroomModel(answer(), { budget: {} as BudgetGuard })).toThrow(HeadroomError);
  });
});
