import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventFacts, EventType } from '../../../src/events/event.ts';
import { nextAlertState, type AlertState } from '../../../src/sinks/alerts/alert-state.ts';
import type { AlertRule } from '../../../src/sinks/alerts/index.ts';
import { judgeValue, type Limits } from '../../../src/sinks/alerts/judge-value.ts';
import { fixedClock } from '../../../src/testing.ts';
import { say } from '../../unit/sinks/scripted-events.ts';
import { usage, watch, type Watch } from '../../unit/sinks/alerts/watch.ts';
import { propertyRuns } from '../property-runs.ts';

const SECOND_MS = 1_000;

/** Rules of every kind, with levels that the events below often cross. */
const timing = fc.record({
  forMs: fc.constantFrom(0, 0, 700, 5 * SECOND_MS),
  keepFiringMs: fc.constantFrom(0, 0, 900, 4 * SECOND_MS),
  cooldownMs: fc.constantFrom(0, 0, 6 * SECOND_MS),
});
const windowMs = fc.constantFrom(600, 6 * SECOND_MS, 60 * SECOND_MS);
const by = fc.constantFrom([], ['agent'] as const, ['agent', 'model'] as const);
const noData = fc.constantFrom('keep', 'resolve', 'fire');
const above = fc.constantFrom({ above: 100 }, { above: 100, resolveAt: 40 });
const below = fc.constantFrom({ below: 0.5 }, { below: 0.5, resolveAt: 0.7 });

const ruleParts: fc.Arbitrary<object> = fc.oneof(
  fc.record({ kind: fc.constant('request'), measure: fc.constant('tokens'), above: fc.constant(80) }),
  fc.record({ kind: fc.constant('run'), measure: fc.constantFrom('tokens', 'toolCalls'), above: fc.constant(2) }),
  fc.record({ kind: fc.constant('run'), measure: fc.constant('durationMs'), above: fc.constant(5 * SECOND_MS) }),
  fc.record({
    kind: fc.constant('session'),
    measure: fc.constant('tokens'),
    above: fc.constant(100),
    idleMs: fc.constantFrom(SECOND_MS, 60 * SECOND_MS),
  }),
  joined(
    { kind: fc.constant('window'), measure: fc.constantFrom('tokens', 'modelCalls', 'faults'), windowMs },
    above,
    timing,
  ),
  joined(
    { kind: fc.constant('window'), measure: fc.constant('modelCalls'), windowMs, by },
    fc.constant({ below: 2 }),
    timing,
  ),
  fc.record({
    kind: fc.constant('budget'),
    measure: fc.constant('tokens'),
    limit: fc.constantFrom(100, 500),
    period: fc.constantFrom('hour', 'day', 'total'),
    by,
  }),
  joined({ kind: fc.constant('savings'), windowMs, by, noData, minTokens: fc.constantFrom(0, 100) }, below, timing),
  joined(
    { kind: fc.constant('savings'), windowMs, noData, minTokens: fc.constant(0) },
    fc.constant({ drop: 0.3 }),
    timing,
  ),
  joined({ kind: fc.constant('cache-hit'), windowMs, noData, minTokens: fc.constant(50) }, below, timing),
  joined(
    { kind: fc.constant('error-ratio'), windowMs, by, noData, minCount: fc.constantFrom(1, 4) },
    fc.constantFrom({ above: 0.3 }, { above: 0.3, resolveAt: 0.1 }),
    timing,
  ),
  joined({ kind: fc.constant('latency'), windowMs, noData, minCount: fc.constantFrom(1, 4) }, above, timing),
  fc.record({ kind: fc.constant('loop'), repeats: fc.constantFrom(2, 3) }),
  fc.record({
    kind: fc.constant('absence'),
    event: fc.constant('model.end'),
    silentMs: fc.constantFrom(SECOND_MS, 9_500),
  }),
);

function joined(...[first, ...others]: [Record<string, fc.Arbitrary<unknown>>, ...fc.Arbitrary<object>[]]) {
  return fc.tuple(fc.record(first), ...others).map((parts): object => Object.assign({}, ...parts) as object);
}

const rules = fc
  .array(ruleParts, { minLength: 1, maxLength: 5 })
  .map((parts) => parts.map((part, index) => ({ name: `rule-${index}`, ...part }) as unknown as AlertRule));

/** What happens: an event, or some time. */
interface Step {
  readonly type: EventType | 'time';
  readonly facts: object;
  readonly ms: number;
}

const subject = fc.record({
  runId: fc.constantFrom('run_1', 'run_2', 'run_3', undefined),
  sessionId: fc.constantFrom('session_1', 'session_2', undefined),
  agent: fc.constantFrom('a', 'b', undefined),
  model: fc.constantFrom('m', 'n'),
  outcome: fc.constantFrom('ok', 'ok', 'error', 'aborted'),
  durationMs: fc.constantFrom(5, 90, 120, 3_000),
});
const numbers = fc.record({
  usage: fc.oneof(
    fc.constant(undefined),
    fc.tuple(fc.nat(120), fc.nat(60)).map(([input, read]) => usage(input + read, { cacheReadTokens: read })),
  ),
  tokens: fc.tuple(fc.nat(100), fc.nat(100)),
  argumentsHash: fc.constantFrom('x', 'y', undefined),
});
const EVENTS = [
  'model.end',
  'model.end',
  'compression.end',
  'tool.start',
  'tool.end',
  'run.start',
  'run.end',
  'fault',
] as const;

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constantFrom(...EVENTS), subject, numbers }).map(({ type, subject, numbers }) => {
      const { tokens, ...others } = numbers;
      const [tokensAfter, tokensSaved] = tokens;
      const sums = { tokensBefore: tokensAfter + tokensSaved, tokensAfter, tokensSaved };
      return { type, facts: { ...subject, ...others, ...sums }, ms: 0 };
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(1, 10, 100, 599, 600, SECOND_MS, 7 * SECOND_MS, 61 * SECOND_MS, 3_600 * SECOND_MS)
      .map((ms): Step => ({ type: 'time', facts: {}, ms })),
  },
);
const script = fc.array(step, { maxLength: 60, size: 'max' });

function play(watched: Watch, steps: readonly Step[]): void {
  for (const { type, facts, ms } of steps) {
    if (type === 'time') watched.clock.advance(ms);
    else say(watched.events, type, facts as Partial<EventFacts<EventType>>);
  }
}

describe('alerts by any rules, whatever happens', () => {
  test('never fire twice without a resolve between, nor resolve what is not firing, and tell the same facts both times', () => {
    fc.assert(
      fc.property(rules, script, (rules, steps) => {
        const watched = watch(rules);
        play(watched, steps);
        const open = new Map<string, unknown>();
        for (const { type, id: _id, time: _time, value: _value, ...facts } of watched.told()) {
          const { durationMs: _durationMs, ...same } = facts as typeof facts & { readonly durationMs?: number };
          if (type === 'alert.firing') {
            expect(open.has(same.alertId)).toBe(false);
            open.set(same.alertId, same);
          } else {
            expect(same).toEqual(open.get(same.alertId));
            open.delete(same.alertId);
          }
        }
        expect(watched.alerts.firing.map(({ alertId }) => alertId).toSorted()).toEqual([...open.keys()].toSorted());
        expect(watched.faults().filter((fault) => fault.startsWith('listener'))).toEqual([]);
      }),
      propertyRuns(),
    );
  });

  test('are all over after they are closed', async () => {
    await fc.assert(
      fc.asyncProperty(rules, script, async (rules, steps) => {
        const watched = watch(rules);
        play(watched, steps);
        await watched.alerts.close();
        const count = (type: string) => watched.told().filter((alert) => alert.type === type).length;
        expect(count('alert.resolved')).toBe(count('alert.firing'));
        expect(watched.alerts.firing).toEqual([]);
      }),
      propertyRuns(),
    );
  });

  test('fire or clear once they are pending: none is left so when nothing happens for a day', () => {
    fc.assert(
      fc.property(rules, script, (rules, steps) => {
        const watched = watch(rules);
        play(watched, steps);
        watched.clock.advance(24 * 3_600 * SECOND_MS);
        const states = watched.alerts.snapshot().rules.flatMap(({ alerts }) => alerts.map(({ state }) => state.phase));
        expect(states).not.toContain('pending');
      }),
      propertyRuns(),
    );
  });

  test('fire beyond their threshold and resolve where they may', () => {
    fc.assert(
      fc.property(rules, script, (rules, steps) => {
        const watched = watch(rules);
        play(watched, steps);
        for (const { type, rule: name, value, threshold } of watched.told()) {
          const rule = rules.find((one) => one.name === name) as AlertRule & {
            readonly below?: number;
            readonly noData?: string;
          };
          // Without data the last value is told.
          if (type === 'alert.resolved' || rule.noData === 'fire') continue;
          if (rule.below !== undefined) expect(value).toBeLessThan(threshold);
          else expect(value).toBeGreaterThanOrEqual(threshold);
        }
      }),
      propertyRuns(),
    );
  });

  test('tell the same whether timers come in time or never', () => {
    fc.assert(
      fc.property(rules, script, (rules, steps) => {
        const inTime = watch(rules);
        play(inTime, steps);
        // Nothing is ever called back, as in a process that is busy.
        const late = watch(rules, { clock: { ...fixedClock(), schedule: () => () => {} } });
        play(late, steps);
        // Each rule hears one of these, and what was overdue comes first.
        for (const { events } of [inTime, late]) {
          for (const type of EVENTS) say(events, type, { runId: 'last' });
        }
        expect(changesByAlert(late)).toEqual(changesByAlert(inTime));
      }),
      propertyRuns(),
    );
  });

  test('of one run do not depend on what happens in others', () => {
    const ofRuns = rules.map((list) =>
      list.filter(({ kind }) => kind === 'run' || kind === 'loop' || kind === 'request'),
    );
    fc.assert(
      fc.property(ofRuns, script, (rules, steps) => {
        const all = watch(rules);
        play(all, steps);
        const alone = watch(rules);
        play(
          alone,
          steps.filter(({ type, facts }) => type === 'time' || (facts as { runId?: string }).runId === 'run_1'),
        );
        const ofRun1 = (watched: Watch) => changesByAlert(watched, ({ runId }) => runId === 'run_1');
        expect(ofRun1(all)).toEqual(ofRun1(alone));
      }),
      propertyRuns(),
    );
  });

  test('do not depend on the order of events of different runs, sessions and agents at one moment', () => {
    const apart = rules.map((list) =>
      list.filter((rule) => rule.kind === 'run' || rule.kind === 'loop' || isByAgent(rule)),
    );
    fc.assert(
      fc.property(apart, script, (rules, steps) => {
        const oneAgentEach = steps.map((one) => {
          const { runId = 'none' } = one.facts as { readonly runId?: string };
          return { ...one, facts: { ...one.facts, agent: runId, sessionId: runId } };
        });
        const inOrder = watch(rules);
        play(inOrder, oneAgentEach);
        const sorted = watch(rules);
        play(sorted, sortedWithinMoments(oneAgentEach));
        expect(changesByAlert(sorted)).toEqual(changesByAlert(inOrder));
      }),
      propertyRuns(),
    );
  });

  test('go on after a restart as if there had been none, but for runs, which are over', () => {
    fc.assert(
      fc.property(rules, script, script, (rules, before, after) => {
        const outliving = rules.filter(({ kind }) => kind !== 'run' && kind !== 'loop');
        const straight = watch(outliving);
        play(straight, before);
        const saved: unknown = JSON.parse(JSON.stringify(straight.alerts.snapshot()));
        const restarted = watch(outliving, { snapshot: saved, clock: fixedClock(straight.clock.now()) });
        expect(JSON.parse(JSON.stringify(restarted.alerts.snapshot()))).toEqual(saved);
        const told = straight.told().length;
        // What became of the usage of runs that are open is not saved: let none of them go on.
        const later = after.map((one) => ({ ...one, facts: { ...one.facts, runId: undefined } }));
        play(straight, later);
        play(restarted, later);
        const short = (watched: Watch, from: number) =>
          watched
            .told()
            .slice(from)
            .map(({ type, rule, labels, value, time }) => ({ type, rule, labels, value, time }));
        expect(short(restarted, 0)).toEqual(short(straight, told));
      }),
      propertyRuns(),
    );
  });

  test('hold no more than they may, however many subjects there are', () => {
    fc.assert(
      fc.property(rules, fc.integer({ min: 1, max: 3 }), script, (rules, maxInstances, steps) => {
        const watched = watch(rules, { maxInstances });
        play(watched, steps);
        expect(watched.alerts.figures.instances).toBeLessThanOrEqual(maxInstances * rules.length);
        expect(watched.alerts.firing.length).toBeLessThanOrEqual(maxInstances * rules.length);
      }),
      propertyRuns(300),
    );
  });
});

test('within the band between its levels an alert never changes, whatever else it is told', () => {
  const limits = fc.constantFrom<Limits[]>(
    { fires: 'above', threshold: 100, resolveAt: 40 },
    { fires: 'below', threshold: 40, resolveAt: 100 },
  );
  const values = fc.array(fc.record({ value: fc.integer({ min: 41, max: 99 }), ms: fc.nat(10_000) }), { minLength: 1 });
  const states = fc.constantFrom<AlertState[]>({ phase: 'inactive' }, { phase: 'firing', sinceMs: 0 });
  fc.assert(
    fc.property(limits, values, timing, states, (limits, values, timing, state) => {
      let nowMs = 0;
      for (const { value, ms } of values) {
        nowMs += ms;
        expect(nextAlertState(state, judgeValue(value, limits), timing, nowMs)).toEqual({ state });
      }
    }),
    propertyRuns(),
  );
});

function isByAgent(rule: AlertRule): boolean {
  return 'by' in rule && rule.by?.includes('agent') === true;
}

/** What became of each alert, in order. */
function changesByAlert(
  watched: Watch,
  isWanted: (alert: ReturnType<Watch['told']>[number]) => boolean = () => true,
): Readonly<Record<string, unknown>> {
  const alerts: Record<string, unknown[]> = {};
  for (const alert of watched.told().filter(isWanted)) {
    (alerts[alert.alertId] ??= []).push([alert.type, alert.value, alert.startedAt]);
  }
  return alerts;
}

function sortedWithinMoments(steps: readonly Step[]): readonly Step[] {
  const moments: Step[][] = [[]];
  for (const one of steps) {
    if (one.type === 'time') moments.push([one], []);
    else moments.at(-1)?.push(one);
  }
  const runOf = ({ facts }: Step): string => (facts as { readonly runId?: string }).runId ?? '';
  return moments.flatMap((moment) =>
    moment.sort((one, other) => (runOf(one) < runOf(other) ? -1 : runOf(one) > runOf(other) ? 1 : 0)),
  );
}
