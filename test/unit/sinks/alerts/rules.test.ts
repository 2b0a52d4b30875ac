import { describe, expect, test } from 'vitest';
import { usage, watch } from './watch.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe('a rule about a request', () => {
  test.each([
    { measure: 'tokens', used: { usage: usage(90, { outputTokens: 11 }) }, value: 101, unit: 'tokens' },
    { measure: 'inputTokens', used: { usage: usage(101) }, value: 101, unit: 'tokens' },
    { measure: 'outputTokens', used: { usage: usage(0, { outputTokens: 101 }) }, value: 101, unit: 'tokens' },
    { measure: 'durationMs', used: { durationMs: 101 }, value: 101, unit: 'ms' },
    { measure: 'timeToFirstChunkMs', used: { timeToFirstChunkMs: 101 }, value: 101, unit: 'ms' },
  ] as const)('fires and resolves at once: $measure', ({ measure, used, value, unit }) => {
    const { told, tell } = watch([{ name: 'large', kind: 'request', measure, above: 100 }]);
    tell('model.end', { usage: usage(100), durationMs: 100, timeToFirstChunkMs: 100 });
    expect(told()).toEqual([]);
    tell('model.end', { usage: usage(1), durationMs: 1, timeToFirstChunkMs: 1, callId: 'call_2', ...used });
    const alert = {
      rule: 'large',
      scope: 'request',
      alertId: 'large:call_2',
      runId: 'run_1',
      value,
      unit,
      threshold: 100,
    };
    expect(told()).toMatchObject([
      { ...alert, type: 'alert.firing' },
      { ...alert, type: 'alert.resolved', durationMs: 0 },
    ]);
  });

  test('tells of the duration of a compression too', () => {
    const { changes, tell } = watch([{ name: 'slow', kind: 'request', measure: 'compressionDurationMs', above: 3 }]);
    tell('compression.end', { durationMs: 4 });
    expect(changes()).toEqual(['firing slow', 'resolved slow']);
  });

  test('does not take the usage in the end of a run for that of a call', () => {
    const { changes, tell } = watch([{ name: 'large', kind: 'request', measure: 'tokens', above: 100 }]);
    tell('run.end', { usage: usage(1_000) });
    expect(changes()).toEqual([]);
  });

  test('stays silent for its cool-down, for each group apart', () => {
    const { clock, told, use } = watch([
      { name: 'large', kind: 'request', measure: 'tokens', above: 100, by: ['agent'], cooldownMs: MINUTE_MS },
    ]);
    const fired = () => told().flatMap(({ type, agent }) => (type === 'alert.firing' ? [agent] : []));
    use(200, { agent: 'a' });
    use(200, { agent: 'a' });
    use(200, { agent: 'b' });
    expect(fired()).toEqual(['a', 'b']);
    clock.advance(MINUTE_MS);
    use(200, { agent: 'a' });
    expect(fired()).toEqual(['a', 'b', 'a']);
  });
});

describe('a rule about a run', () => {
  test.each([
    {
      measure: 'tokens',
      type: 'model.end',
      facts: { usage: usage(40, { outputTokens: 10 }) },
      unit: 'tokens',
      value: 150,
    },
    { measure: 'modelCalls', type: 'model.end', facts: { usage: undefined }, unit: 'calls', value: 3 },
    { measure: 'toolCalls', type: 'tool.end', facts: {}, unit: 'calls', value: 3 },
  ] as const)(
    'fires in the middle of it and resolves at its end: $measure',
    ({ measure, type, facts, unit, value }) => {
      const above = unit === 'tokens' ? 100 : 2;
      const { told, tell } = watch([{ name: 'greedy', kind: 'run', measure, above, severity: 'critical' }]);
      tell(type as 'model.end', facts);
      tell(type as 'model.end', facts);
      expect(told()).toEqual([]);
      tell(type as 'model.end', facts);
      tell(type as 'model.end', facts);
      tell('run.end', { usage: undefined });
      expect(told()).toMatchObject([
        {
          type: 'alert.firing',
          alertId: 'greedy:run_1',
          value,
          unit,
          severity: 'critical',
          scope: 'run',
          agent: 'support',
        },
        { type: 'alert.resolved', alertId: 'greedy:run_1', unit },
      ]);
    },
  );

  test('measures money by what the caller says a call costs, and unknown cost adds nothing', () => {
    const { told, use, tell } = watch([{ name: 'dear', kind: 'run', measure: 'costUsd', above: 1 }], {
      costOf: ({ model, usage: used }) => (model === 'gpt-5' ? (used?.inputTokens ?? 0) / 1_000 : undefined),
    });
    use(900);
    use(900_000, { model: 'unheard-of' });
    expect(told()).toEqual([]);
    use(200);
    tell('run.end');
    expect(told()).toMatchObject([{ value: 1.1, unit: 'USD' }, { value: 1.1 }]);
  });

  test('fires when a run takes too long, though nothing happens in it', () => {
    const { clock, changes, tell } = watch([{ name: 'long', kind: 'run', measure: 'durationMs', above: MINUTE_MS }]);
    tell('run.start');
    clock.advance(MINUTE_MS - 1);
    expect(changes()).toEqual([]);
    clock.advance(1);
    expect(changes()).toEqual(['firing long']);
    tell('run.end');
    expect(changes()).toEqual(['firing long', 'resolved long']);
  });

  test('looks only at the agent it is told to look at', () => {
    const { told, use } = watch([
      { name: 'greedy', kind: 'run', measure: 'tokens', above: 100, only: { agent: 'support' } },
    ]);
    use(200, { runId: 'run_a', agent: 'sales' });
    use(200, { runId: 'run_b', agent: 'support' });
    expect(told().map(({ runId }) => runId)).toEqual(['run_b']);
  });
});

describe('a rule about a session', () => {
  test('adds up its runs and resolves when it was silent for long enough', () => {
    const rule = { name: 'chatty', kind: 'session', measure: 'tokens', above: 100, idleMs: HOUR_MS } as const;
    const { clock, told, use } = watch([rule]);
    use(60, { runId: 'run_a', sessionId: 'session_1' });
    use(60, { runId: 'run_b', sessionId: 'session_2' });
    clock.advance(HOUR_MS - 1);
    use(60, { runId: 'run_c', sessionId: 'session_1' });
    expect(told()).toMatchObject([{ type: 'alert.firing', alertId: 'chatty:session_1', value: 120, scope: 'session' }]);
    clock.advance(HOUR_MS - 1);
    expect(told()).toHaveLength(1);
    clock.advance(1);
    expect(told()).toMatchObject([{}, { type: 'alert.resolved', sessionId: 'session_1', durationMs: HOUR_MS }]);
    use(60, { sessionId: 'session_1' });
    expect(told()).toHaveLength(2);
  });
});

describe('a rule about a rolling window', () => {
  test('fires above its sum and resolves as the window moves on', () => {
    const rule = { name: 'burst', kind: 'window', measure: 'tokens', windowMs: MINUTE_MS, above: 100 } as const;
    const { clock, told, use } = watch([rule]);
    use(60);
    clock.advance(30_000);
    use(60);
    expect(told()).toMatchObject([{ type: 'alert.firing', value: 120, scope: 'window' }]);
    clock.advance(29_000);
    expect(told()).toHaveLength(1);
    clock.advance(1_000);
    expect(told()).toMatchObject([{}, { type: 'alert.resolved', value: 60, durationMs: 30_000 }]);
  });

  test('fires below its sum once the first window is over, and again when it falls silent', () => {
    const rule = { name: 'quiet', kind: 'window', measure: 'modelCalls', windowMs: MINUTE_MS, below: 2 } as const;
    const { clock, told, use } = watch([rule]);
    use(1);
    clock.advance(MINUTE_MS - 1);
    expect(told()).toEqual([]);
    clock.advance(1);
    expect(told()).toMatchObject([{ type: 'alert.firing', value: 0 }]);
    use(1);
    use(1);
    expect(told()).toMatchObject([{}, { type: 'alert.resolved', value: 2 }]);
    clock.advance(MINUTE_MS);
    expect(told()).toHaveLength(3);
  });

  test('fires for each model and agent apart, with the names as labels', () => {
    const { told, use } = watch([
      {
        name: 'burst',
        kind: 'window',
        measure: 'tokens',
        windowMs: MINUTE_MS,
        above: 100,
        by: ['model', 'agent'],
        labels: { team: 'payments' },
        runbookUrl: 'https://example.com/burst',
      },
    ]);
    use(90, { model: 'gpt-5' });
    use(90, { model: 'claude' });
    use(90, { model: 'claude', agent: undefined });
    use(90, { model: 'claude' });
    expect(told()).toMatchObject([
      {
        labels: { alertname: 'burst', severity: 'warning', model: 'claude', agent: 'support', team: 'payments' },
        runbookUrl: 'https://example.com/burst',
        summary: '180 tokens in this window, threshold 100.',
      },
    ]);
  });

  test('waits for as long as it is told, starts anew after a break, and keeps firing as long as it is told', () => {
    const rule = { name: 'burst', kind: 'window', measure: 'tokens', windowMs: 1_000, above: 100 } as const;
    const { clock, changes, use } = watch([{ ...rule, forMs: 1_500, keepFiringMs: 2_000 }]);
    use(101);
    clock.advance(1_400);
    use(101);
    expect(changes()).toEqual([]);
    clock.advance(900);
    use(101);
    clock.advance(700);
    use(101);
    expect(changes()).toEqual(['firing burst']);
    clock.advance(1_100);
    use(101);
    clock.advance(2_900);
    expect(changes()).toEqual(['firing burst']);
    clock.advance(200);
    expect(changes()).toEqual(['firing burst', 'resolved burst']);
  });

  test('stays silent for its cool-down and fires after it, if it still has to', () => {
    const rule = { name: 'burst', kind: 'window', measure: 'tokens', windowMs: 1_000, above: 100 } as const;
    const { clock, changes, use } = watch([{ ...rule, cooldownMs: 5_000 }]);
    use(101);
    clock.advance(1_000);
    expect(changes()).toEqual(['firing burst', 'resolved burst']);
    clock.advance(4_500);
    use(101);
    expect(changes()).toHaveLength(2);
    clock.advance(500);
    expect(changes()).toEqual(['firing burst', 'resolved burst', 'firing burst']);
  });

  test.each([
    { resolveAt: 50, expected: 1 },
    { resolveAt: undefined, expected: 20 },
  ])('does not flap in the band down to $resolveAt: it fires $expected times', ({ resolveAt, expected }) => {
    const rule = { name: 'burst', kind: 'window', measure: 'tokens', windowMs: 1_000, above: 100 } as const;
    const { clock, changes, use } = watch([{ ...rule, resolveAt }]);
    use(101);
    for (let count = 0; count < 20; count++) {
      clock.advance(900);
      use(60);
    }
    expect(changes().filter((change) => change === 'firing burst')).toHaveLength(expected);
    clock.advance(1_000);
    expect(changes().at(-1)).toBe('resolved burst');
  });
});

describe('a budget', () => {
  test.each([
    { period: 'hour', untilMs: HOUR_MS },
    { period: 'day', untilMs: 24 * HOUR_MS },
    { period: 'month', untilMs: 31 * 24 * HOUR_MS },
  ] as const)(
    'of a $period by UTC fires once when it is reached, and resolves when the next begins',
    ({ period, untilMs }) => {
      const { clock, told, use } = watch([{ name: 'budget', kind: 'budget', measure: 'tokens', limit: 1_000, period }]);
      clock.advance(10 * MINUTE_MS);
      use(999);
      expect(told()).toEqual([]);
      use(1);
      use(500);
      expect(told()).toMatchObject([{ type: 'alert.firing', scope: 'budget', value: 1_000, threshold: 1_000 }]);
      clock.advance(untilMs - 10 * MINUTE_MS - 1);
      expect(told()).toHaveLength(1);
      clock.advance(1);
      expect(told()).toMatchObject([{}, { type: 'alert.resolved', value: 0 }]);
      use(999);
      expect(told()).toHaveLength(2);
    },
  );

  test('tells how much of it is used whenever that changes, for each of its groups, and when a period begins', () => {
    const rule = { name: 'budget', kind: 'budget', measure: 'tokens', limit: 1_000, period: 'hour' } as const;
    const { clock, events, use } = watch([{ ...rule, by: ['agent', 'provider'] }]);
    const updates: unknown[] = [];
    events.on('budget.update', ({ group, used, agent }) => void updates.push([group['agent'], used, agent]));
    use(300);
    use(0);
    use(200, { agent: 'other' });
    use(100, { runId: 'run_2' });
    use(5_000);
    clock.advance(2 * HOUR_MS);
    expect(updates).toEqual([
      ['support', 300, 'support'],
      ['other', 200, 'other'],
      ['support', 400, 'support'],
      ['support', 5_400, 'support'],
      ['other', 0, 'other'],
      ['support', 0, 'support'],
    ]);
    use(1);
    expect(updates).toHaveLength(7);
  });

  test('of all time never comes back', () => {
    const { clock, changes, use } = watch([
      { name: 'budget', kind: 'budget', measure: 'tokens', limit: 1_000, period: 'total' },
    ]);
    use(1_000);
    clock.advance(400 * 24 * HOUR_MS);
    expect(changes()).toEqual(['firing budget']);
  });

  test('tells at shares of its limit, by rules of their own', () => {
    const budget = { kind: 'budget', measure: 'tokens', limit: 1_000, period: 'day' } as const;
    const { told, use } = watch([
      { ...budget, name: 'half', share: 0.5, severity: 'info' },
      { ...budget, name: 'most', share: 0.8 },
      { ...budget, name: 'all', severity: 'critical' },
    ]);
    for (let count = 0; count < 11; count++) use(100);
    expect(told().map(({ rule, value, threshold }) => [rule, value, threshold])).toEqual([
      ['half', 500, 500],
      ['most', 800, 800],
      ['all', 1_000, 1_000],
    ]);
  });

  test('counts the usage of a run whose calls nobody saw, once', () => {
    const { told, use, tell } = watch([
      { name: 'budget', kind: 'budget', measure: 'tokens', limit: 1_000, period: 'day' },
    ]);
    tell('run.end', { runId: 'run_a', usage: usage(400) });
    use(400, { runId: 'run_a' });
    use(300, { runId: 'run_b' });
    tell('run.end', { runId: 'run_b', usage: usage(300) });
    expect(told()).toEqual([]);
    use(300, { runId: 'run_b' });
    expect(told()).toMatchObject([{ value: 1_000 }]);
  });
});

describe('a rule about savings', () => {
  const rule = { name: 'savings', kind: 'savings', windowMs: 10 * MINUTE_MS, minTokens: 1_000 } as const;

  test('fires below a ratio of sums, and never for too few tokens', () => {
    const { told, tell } = watch([{ ...rule, below: 0.1, resolveAt: 0.2 }]);
    tell('compression.end', { tokensBefore: 900, tokensAfter: 900, tokensSaved: 0 });
    expect(told()).toEqual([]);
    tell('compression.end', { tokensBefore: 100, tokensAfter: 10, tokensSaved: 90 });
    expect(told()).toMatchObject([{ type: 'alert.firing', value: 0.09, unit: 'ratio' }]);
    tell('compression.end', { tokensBefore: 100, tokensAfter: 0, tokensSaved: 100 });
    expect(told()).toHaveLength(1);
    tell('compression.end', { tokensBefore: 100, tokensAfter: 0, tokensSaved: 100 });
    expect(told()).toMatchObject([{}, { type: 'alert.resolved' }]);
  });

  test('counts neither retries nor audits', () => {
    const { told, tell } = watch([{ ...rule, below: 0.1 }]);
    tell('compression.end', { tokensBefore: 9_000, tokensSaved: 0, isRetry: true });
    tell('compression.end', { tokensBefore: 9_000, tokensSaved: 0, mode: 'audit' });
    expect(told()).toEqual([]);
  });

  test.each([
    { noData: 'resolve', expected: ['firing savings', 'resolved savings'] },
    { noData: 'keep', expected: ['firing savings'] },
  ] as const)('without data the alert is what it is told to be: $noData', ({ noData, expected }) => {
    const { clock, changes, tell } = watch([{ ...rule, below: 0.1, noData }]);
    tell('compression.end', { tokensBefore: 9_000, tokensSaved: 0 });
    clock.advance(HOUR_MS);
    expect(changes()).toEqual(expected);
  });

  test('without data it can fire too', () => {
    const { clock, changes, tell } = watch([{ ...rule, below: 0.1, noData: 'fire' }]);
    tell('compression.end', { tokensBefore: 9_000, tokensSaved: 8_000 });
    expect(changes()).toEqual([]);
    clock.advance(HOUR_MS);
    expect(changes()).toEqual(['firing savings']);
  });

  test('fires on a drop from what it was before the window', () => {
    const { clock, told, tell } = watch([{ ...rule, drop: 0.5, baselineMs: 2 * HOUR_MS }]);
    const compress = (tokensSaved: number) => tell('compression.end', { tokensBefore: 1_000, tokensSaved });
    for (let count = 0; count < 6; count++) {
      compress(600);
      clock.advance(11 * MINUTE_MS);
    }
    compress(310);
    expect(told()).toEqual([]);
    compress(250);
    expect(told()).toMatchObject([{ type: 'alert.firing', threshold: 0.5 }]);
    expect(told()[0]?.value).toBeCloseTo(1 - 280 / 600, 6);
  });
});

describe('a rule about the prompt cache', () => {
  test('fires when too little of the input was read from it, of calls that told both', () => {
    const { told, use } = watch([
      { name: 'cache', kind: 'cache-hit', windowMs: HOUR_MS, below: 0.5, minTokens: 1_000 },
    ]);
    use(100_000);
    use(800, { usage: usage(800, { cacheReadTokens: 700 }) });
    expect(told()).toEqual([]);
    use(800, { usage: usage(800, { cacheReadTokens: 0 }) });
    expect(told()).toMatchObject([{ type: 'alert.firing', value: 700 / 1_600 }]);
  });
});

describe('a rule about errors', () => {
  const rule = { name: 'errors', kind: 'error-ratio', windowMs: 5 * MINUTE_MS, above: 0.1, minCount: 10 } as const;

  test('fires above a share of what ended, once there is enough of it, and leaves out what was aborted', () => {
    const { told, tell } = watch([rule]);
    tell('model.end', { outcome: 'error' });
    for (let count = 0; count < 50; count++) tell('model.end', { outcome: 'aborted' });
    for (let count = 0; count < 8; count++) tell('model.end');
    expect(told()).toEqual([]);
    tell('model.end', { outcome: 'error' });
    expect(told()).toMatchObject([{ type: 'alert.firing', value: 0.2, threshold: 0.1 }]);
  });

  test.each([
    { of: 'tool', type: 'tool.end' },
    { of: 'run', type: 'run.end' },
  ] as const)('can be about the end of a $of', ({ of, type }) => {
    const { changes, tell } = watch([{ ...rule, of }]);
    for (let run = 0; run < 10; run++) tell(type, { runId: `run_${run}`, outcome: 'error' });
    expect(changes()).toEqual(['firing errors']);
  });

  test('is told of by tool', () => {
    const { told, tell } = watch([{ ...rule, of: 'tool', by: ['tool'] }]);
    for (let count = 0; count < 10; count++) {
      tell('tool.end', { toolName: 'search', outcome: 'error' });
      tell('tool.end', { toolName: 'read_file' });
    }
    expect(told()).toMatchObject([{ labels: { tool: 'search' } }]);
  });
});

describe('a rule about latency', () => {
  test('fires on a percentile, not on one slow call', () => {
    const { told, tell } = watch([{ name: 'slow', kind: 'latency', windowMs: HOUR_MS, above: 100 }]);
    for (let count = 0; count < 95; count++) tell('compression.end', { durationMs: 10 });
    for (let count = 0; count < 5; count++) tell('compression.end', { durationMs: 1_000 });
    expect(told()).toEqual([]);
    tell('compression.end', { durationMs: 1_000 });
    expect(told()).toMatchObject([{ type: 'alert.firing', unit: 'ms' }]);
    expect(Math.abs((told()[0]?.value ?? 0) / 1_000 - 1)).toBeLessThan(0.05);
  });

  test.each([
    { of: 'model', type: 'model.end', facts: { durationMs: 900 } },
    { of: 'first-chunk', type: 'model.end', facts: { timeToFirstChunkMs: 900 } },
    { of: 'tool', type: 'tool.end', facts: { durationMs: 900 } },
  ] as const)('can be about $of', ({ of, type, facts }) => {
    const rule = {
      name: 'slow',
      kind: 'latency',
      windowMs: HOUR_MS,
      above: 500,
      percentile: 0.5,
      minCount: 3,
      of,
    } as const;
    const { changes, tell } = watch([rule]);
    for (let count = 0; count < 3; count++) tell(type, facts);
    expect(changes()).toEqual(['firing slow']);
  });
});

describe('a rule about loops', () => {
  const rule = { name: 'loop', kind: 'loop', repeats: 3 } as const;

  test('fires at the third call of one tool with the same arguments in one run', () => {
    const { told, tell } = watch([rule]);
    tell('tool.start', { argumentsHash: 'a' });
    tell('tool.start', { argumentsHash: 'b' });
    tell('tool.start', { argumentsHash: 'a', toolName: 'read_file' });
    tell('tool.start', { argumentsHash: 'a', runId: 'run_2' });
    tell('tool.start', { argumentsHash: 'a' });
    expect(told()).toEqual([]);
    tell('tool.start', { argumentsHash: 'a' });
    tell('tool.start', { argumentsHash: 'a' });
    expect(told()).toMatchObject([
      { type: 'alert.firing', value: 3, runId: 'run_1', labels: { tool: 'search', agent: 'support', run_id: 'run_1' } },
    ]);
    tell('run.end');
    expect(told()).toMatchObject([{}, { type: 'alert.resolved', value: 4 }]);
  });

  test('goes by the name of the tool where nobody shows the arguments', () => {
    const { changes, tell } = watch([rule]);
    for (let count = 0; count < 3; count++) tell('tool.start');
    expect(changes()).toEqual(['firing loop']);
  });
});

describe('a rule about absence', () => {
  const rule = { name: 'silence', kind: 'absence', event: 'model.end', silentMs: 10 * MINUTE_MS } as const;

  test('fires when nothing came for long enough, from the start on, and resolves with the next', () => {
    const { clock, told, use } = watch([rule]);
    clock.advance(10 * MINUTE_MS - 1);
    expect(told()).toEqual([]);
    clock.advance(1);
    expect(told()).toMatchObject([
      { type: 'alert.firing', value: 10 * MINUTE_MS, summary: 'No model.end for 600000 ms.' },
    ]);
    clock.advance(HOUR_MS);
    use(1);
    expect(told()).toMatchObject([{}, { type: 'alert.resolved', durationMs: HOUR_MS }]);
    clock.advance(10 * MINUTE_MS);
    expect(told()).toHaveLength(3);
  });

  test('is not disturbed by other events', () => {
    const { clock, changes, tell } = watch([rule]);
    clock.advance(9 * MINUTE_MS);
    tell('tool.end');
    clock.advance(MINUTE_MS);
    expect(changes()).toEqual(['firing silence']);
  });
});
