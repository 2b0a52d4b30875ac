import { createOpenAI } from '@ai-sdk/openai';
import { generateText, isStepCount, streamText, tool, type ToolSet } from 'ai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { tools as incidentTools } from '../../examples/demo/incident/tools.ts';
import { startOpenAIServer, type OpenAIServer } from '../../examples/demo/openai-server.ts';

const RETRIEVAL_ID = 'c0ffee00c0ffee00c0ffee00';
const asked: unknown[] = [];

const tools: ToolSet = {
  ...incidentTools,
  list_orders: tool({
    inputSchema: z.object({}),
    execute: (input, options) =>
      `${JSON.stringify(incidentTools.list_orders.execute?.(input, options))}\n[rows 5-120 of 320 left out. To read them call headroom_retrieve with id "${RETRIEVAL_ID}" and rows "5-120".]`,
  }),
  headroom_retrieve: tool({
    inputSchema: z.looseObject({ id: z.string() }),
    execute: (input) => {
      asked.push(input);
      return 'What was left out.';
    },
  }),
};

let server: OpenAIServer;
beforeAll(async () => {
  server = await startOpenAIServer({ paced: false });
});
afterAll(() => server.close());

const provider = () => createOpenAI({ apiKey: 'scripted', baseURL: server.baseUrl });

describe.each([
  { api: 'the Responses API', model: () => provider()('gpt-5') },
  { api: 'Chat Completions', model: () => provider().chat('gpt-4o') },
])('the scripted model through $api', ({ model }) => {
  it('streams the whole investigation, with parallel calls, usage, and a retrieval by the id that it was sent', async () => {
    asked.length = 0;
    const run = streamText({ model: model(), tools, prompt: 'Why?', stopWhen: isStepCount(12) });
    const text = await run.text;
    const steps = await run.steps;
    expect(steps.map(({ toolCalls }) => toolCalls.map(({ toolName }) => toolName))).toEqual([
      ['list_deployments', 'query_metrics'],
      ['search_logs'],
      ['search_logs', 'get_pods'],
      ['get_diff'],
      ['search_code', 'list_orders'],
      ['headroom_retrieve'],
      [],
    ]);
    expect(asked).toEqual([{ id: RETRIEVAL_ID, query: 'payment_unknown' }]);
    expect(text).toContain('DB_POOL_MAX');
    expect(text).not.toContain('I have not read');
    expect(steps.every(({ usage }) => (usage.inputTokens ?? 0) > 0 && (usage.outputTokens ?? 0) > 0)).toBe(true);
  });

  it('bills what a call begins with as cached when the call before began with it too', async () => {
    const run = await generateText({ model: model(), tools, prompt: 'And now?', stopWhen: isStepCount(3) });
    const [first, second, third] = run.steps.map(({ usage }) => usage);
    expect(first?.inputTokenDetails.cacheReadTokens ?? 0).toBeLessThan(1_024);
    expect(third?.inputTokenDetails.cacheReadTokens).toBeGreaterThan((second?.inputTokens ?? 0) - 256);
    expect(third?.inputTokenDetails.cacheReadTokens).toBeLessThanOrEqual(second?.inputTokens ?? 0);
  });

  it('says what it can not say when a tool result does not hold the evidence', async () => {
    const blind = { ...tools, get_diff: tool({ inputSchema: z.looseObject({}), execute: () => 'no changes' }) };
    const { text } = await generateText({ model: model(), tools: blind, prompt: 'Why?', stopWhen: isStepCount(12) });
    expect(text).toContain('I have not read +  pool: { min: 1, max: loadConfig(');
  });
});

describe('the scripted server', () => {
  const post = (path: string, body: string) => fetch(`${server.baseUrl}${path}`, { method: 'POST', body });

  it('refuses a history in which a result has no call, and one in which a call has no result, with status 400', async () => {
    const output = { type: 'function_call_output', call_id: 'call_9', output: 'x' };
    const call = { type: 'function_call', call_id: 'call_9', name: 'get_pods', arguments: '{}' };
    const orphan = await post('/responses', JSON.stringify({ model: 'gpt-5', input: [output] }));
    const open = await post('/responses', JSON.stringify({ model: 'gpt-5', input: [call] }));
    expect([orphan.status, open.status]).toEqual([400, 400]);
    expect(await orphan.text()).toContain('call_9');
  });

  it('answers what is not JSON or not a request with 400, and a path that it does not have with 404', async () => {
    const answers = await Promise.all([
      post('/responses', '{'),
      post('/chat/completions', '{"model":1}'),
      post('/embeddings', '{}'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 404]);
  });
});
