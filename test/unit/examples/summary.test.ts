import { describe, expect, it } from 'vitest';
import { recordRequests } from '../../../examples/demo/request-recorder.ts';
import { pickMetricLines } from '../../../examples/demo/view/metric-lines.ts';
import { reportRun } from '../../../examples/demo/view/run-report.ts';
import { formatSummary } from '../../../examples/demo/view/summary.ts';
import type { CompressionDecision, HeadroomEvent } from '../../../src/events/event.ts';

const screen = { columns: 80, color: false, write: () => {} };

const decision = (tokensBefore: number, tokensAfter: number, isNew: boolean): CompressionDecision => ({
  messageIndex: 1,
  contentKind: 'json',
  strategy: 'table',
  reason: 'compressed',
  tokensBefore,
  tokensAfter,
  isNew,
});

const call = (decisions: readonly CompressionDecision[], isRetry = false): HeadroomEvent => ({
  type: 'compression.end',
  id: 'event_1',
  time: 0,
  callId: 'call_1',
  provider: 'openai.chat',
  model: 'gpt-5',
  mode: 'optimize',
  loss: 'recoverable',
  isRetry,
  tokensBefore: decisions.reduce((sum, { tokensBefore }) => sum + tokensBefore, 0),
  tokensAfter: decisions.reduce((sum, { tokensAfter }) => sum + tokensAfter, 0),
  tokensSaved: 0,
  decisions,
  durationMs: 1,
});

const runEnd: HeadroomEvent = {
  type: 'run.end',
  id: 'event_2',
  time: 0,
  outcome: 'ok',
  endedBy: 'host',
  stepCount: 3,
  modelCallCount: 3,
  toolCallCount: 2,
  usage: {
    inputTokens: 9_000,
    outputTokens: 300,
    cacheReadTokens: 6_144,
    cacheWriteTokens: undefined,
    reasoningTokens: 0,
  },
  savings: { tokensBefore: 0, tokensAfter: 0, tokensSaved: 0 },
  durationMs: 10,
};

const events = [
  call([]),
  call([decision(1_000, 200, true)]),
  call([decision(1_000, 200, true)], true),
  call([decision(1_000, 200, false), decision(3_000, 600, true)]),
  runEnd,
];

const savings = {
  totalRequests: 3,
  totalTokensBefore: 5_000,
  totalTokensAfter: 1_000,
  totalTokensSaved: 4_000,
  savingsPercent: 80,
  averageSavingsPercent: 53.333,
};

describe('the report of a run', () => {
  it('counts a result once as read and once per call as sent, and a retry not at all', () => {
    expect(reportRun(events)).toMatchObject({
      readOnce: { before: 4_000, after: 800 },
      inAllCalls: { before: 5_000, after: 1_000 },
      resultCount: 2,
      callCount: 3,
    });
  });

  it('is written with what the provider billed and what it would have been', () => {
    const text = formatSummary(screen, {
      report: reportRun(events),
      savings,
      prefixes: { compared: 2, unchanged: 2 },
    });
    expect(text).toContain('4,000 → 800, 80.0 % saved');
    expect(text).toMatch(/billed +9,000 tokens in, 6,144 of them from its cache; 300 out\n/);
    expect(text).toMatch(/uncompressed +about 13,000 tokens in\n/);
    expect(text).toContain('2 of 2 requests');
    expect(text).toMatch(/totalTokensSaved +4,000/);
  });

  it('says that the bill is unknown when the provider told nothing, and that no run ended when none did', () => {
    const text = formatSummary(screen, { report: reportRun([]), savings, prefixes: { compared: 0, unchanged: 0 } });
    expect(text).toMatch(/billed +unknown/);
    expect(text).toContain('not ended');
  });
});

describe('the lines of metrics', () => {
  it('are the samples that the run moved, under their names, with the labels that tell them apart', () => {
    const text = [
      '# HELP headroom_tool_results_saved_tokens_total Tokens.',
      'headroom_tool_results_saved_tokens_total{gen_ai_request_model="gpt-5",gen_ai_tool_name="search_logs"} 12345',
      `headroom_tool_results_saved_tokens_total{gen_ai_request_model="gpt-5",gen_ai_tool_name="${'x'.repeat(90)}"} 7`,
      'headroom_retrievals_total{outcome="expired"} 0',
      'headroom_retrievals_total{outcome="found"} 1',
      'headroom_runs_active 0',
    ].join('\n');
    const lines = pickMetricLines(text, screen);
    expect(lines.map((line) => line.trim())).toEqual([
      'headroom_tool_results_saved_tokens_total',
      '12345  gen_ai_tool_name="search_logs"',
      expect.stringMatching(/^7 {2}gen_ai_tool_name="x+…$/),
      'headroom_retrievals_total',
      '1',
    ]);
    expect(Math.max(...lines.map((line) => line.length))).toBe(80);
  });
});

describe('the recorder of requests', () => {
  const record = async (...bodies: object[]) => {
    const recorder = recordRequests();
    for (const body of bodies) {
      const url = 'data:application/json,{}';
      await recorder.fetch(url, { method: 'GET', body: JSON.stringify(body) }).catch(() => undefined);
    }
    return recorder.comparePrefixes();
  };

  it('finds the conversation unchanged when it only grew, in either API', async () => {
    expect(await record({ input: [1] }, { input: [1, 2] }, { input: [1, 2, 3] })).toEqual({
      compared: 2,
      unchanged: 2,
    });
    expect(await record({ messages: ['a'] }, { messages: ['a', 'b'] })).toEqual({ compared: 1, unchanged: 1 });
  });

  it('finds a message changed, tools changed, and a conversation that lost its end', async () => {
    expect(await record({ input: [1, 2] }, { input: [1, 9, 3] })).toEqual({ compared: 1, unchanged: 0 });
    expect(await record({ tools: [1], input: [1] }, { tools: [2], input: [1, 2] })).toEqual({
      compared: 1,
      unchanged: 0,
    });
    expect(await record({ input: [1, 2] }, { input: [1] })).toEqual({ compared: 1, unchanged: 0 });
    expect(await record({ input: [1] }, { input: [12] })).toEqual({ compared: 1, unchanged: 0 });
  });
});
