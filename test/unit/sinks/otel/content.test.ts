import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { context } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { tool, ToolLoopAgent } from 'ai';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { Agent } from '../../../../src/adapters/ai-sdk.ts';
import { headroomFetch } from '../../../../src/adapters/fetch.ts';
import { createHeadroomHooks } from '../../../../src/hooks/create-headroom-hooks.ts';
import { HeadroomModel } from '../../../../src/model/headroom-model.ts';
import { createConsoleSink } from '../../../../src/index.ts';
import { createOtelSink, type OtelSinkOptions, type TextPlace } from '../../../../src/sinks/otel/index.ts';
import { createPrometheusSink } from '../../../../src/sinks/prometheus/index.ts';
import { recordEvents, scriptedModel } from '../../../../src/testing.ts';

const VARIABLE = 'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT';
const PROMPT = 'Who is swordfish?';

beforeEach(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
});
afterEach(() => {
  context.disable();
  vi.unstubAllEnvs();
});

/** Messages as the conventions want them (gen-ai-input-messages.json, gen-ai-output-messages.json, as of 2026-11). */
const MESSAGES = z.array(
  z.strictObject({
    role: z.enum(['system', 'user', 'assistant', 'tool']),
    parts: z.array(
      z.union([
        z.strictObject({ type: z.enum(['text', 'reasoning']), content: z.string() }),
        z.strictObject({
          type: z.literal('tool_call'),
          id: z.string(),
          name: z.string(),
          arguments: z.record(z.string(), z.unknown()),
        }),
        z.strictObject({
          type: z.literal('tool_call_response'),
          id: z.string(),
          response: z.union([z.string(), z.record(z.string(), z.unknown()), z.array(z.unknown())]),
        }),
      ]),
    ),
  }),
);

const ROWS = Array.from({ length: 40 }, (_, id) => ({ id, name: `swordfish ${id}`, state: 'open', tags: ['a', 'b'] }));

function rig(options: OtelSinkOptions = {}) {
  const exporter = new InMemorySpanExporter();
  const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  const lines: string[] = [];
  const prometheus = createPrometheusSink();
  const hooks = createHeadroomHooks({
    sinks: [
      createOtelSink({ tracerProvider, metrics: false, ...options }),
      createConsoleSink({ level: 'debug', write: (line) => void lines.push(line) }),
      prometheus,
    ],
  });
  const events = recordEvents(hooks.events);
  const model = new HeadroomModel(
    scriptedModel([
      { text: 'I have to look.', toolCalls: [{ toolName: 'search', input: { query: 'swordfish' } }] },
      { text: 'A fish, and a password: swordfish.' },
    ]),
    { events: hooks.events },
  );
  const search = tool({ inputSchema: z.object({ query: z.string() }), execute: () => ROWS });
  const settings = { id: 'clerk', model, instructions: 'Be swordfish.', tools: { search } };
  const agent = new Agent({ ...settings, preHooks: [hooks.preHook], postHooks: [hooks.postHook] });
  const plain = new ToolLoopAgent({ ...settings, telemetry: hooks.telemetry({ functionId: 'clerk' }) });
  const spansOf = (name: string): readonly ReadableSpan[] =>
    exporter.getFinishedSpans().filter((span) => span.name.startsWith(name));
  const contentOf = (span: ReadableSpan | undefined, attribute: string): unknown => {
    const value = span?.attributes[attribute];
    return typeof value === 'string' ? JSON.parse(value) : value;
  };
  return {
    hooks,
    agent,
    plain,
    events,
    lines,
    prometheus,
    spansOf,
    contentOf,
    spans: () => exporter.getFinishedSpans(),
  };
}

type Rig = ReturnType<typeof rig>;

const WAYS: Readonly<Record<string, (rig: Rig) => Promise<unknown>>> = {
  'an Agent that generates': ({ agent }) => agent.generate({ prompt: PROMPT }),
  'an Agent that streams': async ({ agent }) => (await agent.stream({ prompt: PROMPT })).consumeStream(),
  'hooks.telemetry()': ({ plain }) => plain.generate({ prompt: PROMPT }),
};

describe.each(Object.entries(WAYS))('with captureContent, %s', (_, work) => {
  test('writes prompts as they were sent, answers, arguments and results', async () => {
    const run = rig({ captureContent: true });
    await work(run);
    const { spansOf, contentOf } = run;
    const [first, second] = spansOf('chat');
    const asked = MESSAGES.parse(contentOf(first, 'gen_ai.input.messages'));
    expect(asked).toEqual([
      { role: 'system', parts: [{ type: 'text', content: 'Be swordfish.' }] },
      { role: 'user', parts: [{ type: 'text', content: PROMPT }] },
    ]);
    const [called] = MESSAGES.parse(contentOf(first, 'gen_ai.output.messages'));
    expect(called?.parts).toEqual([
      { type: 'text', content: 'I have to look.' },
      { type: 'tool_call', id: expect.any(String), name: 'search', arguments: { query: 'swordfish' } },
    ]);
    const [response] = MESSAGES.parse(contentOf(second, 'gen_ai.input.messages')).at(-1)?.parts ?? [];
    expect(response).toMatchObject({ type: 'tool_call_response', response: expect.stringContaining('swordfish') });
    expect(JSON.stringify(response).length).toBeLessThan(JSON.stringify(ROWS).length);
    expect(contentOf(second, 'gen_ai.output.messages')).toEqual([
      { role: 'assistant', parts: [{ type: 'text', content: 'A fish, and a password: swordfish.' }] },
    ]);
    const [searched] = spansOf('execute_tool');
    expect(contentOf(searched, 'gen_ai.tool.call.arguments')).toEqual({ query: 'swordfish' });
    expect(contentOf(searched, 'gen_ai.tool.call.result')).toEqual(ROWS);
    await run.hooks.close();
  });

  test('writes no text that redact has not given', async () => {
    const places: TextPlace[] = [];
    const run = rig({
      captureContent: true,
      redact(text, place) {
        places.push(place);
        return text.replaceAll('swordfish', '[redacted]');
      },
    });
    await work(run);
    expect(JSON.stringify(run.spans().map(({ attributes, events }) => [attributes, events]))).not.toContain(
      'swordfish',
    );
    expect(run.contentOf(run.spansOf('execute_tool')[0], 'gen_ai.tool.call.arguments')).toEqual({
      query: '[redacted]',
    });
    expect(new Set(places.map(({ attribute }) => attribute))).toEqual(
      new Set([
        'gen_ai.input.messages',
        'gen_ai.output.messages',
        'gen_ai.tool.call.arguments',
        'gen_ai.tool.call.result',
      ]),
    );
    expect(new Set(places.map(({ role }) => role))).toEqual(
      new Set(['system', 'user', 'assistant', 'tool', undefined]),
    );
    await run.hooks.close();
  });

  test('tells content to spans alone: no event, line or metric has a word of it', async () => {
    const run = rig({ captureContent: true });
    await work(run);
    expect(JSON.stringify(run.spans().map(({ attributes }) => attributes))).toContain('swordfish');
    const elsewhere = [JSON.stringify(run.events), ...run.lines, await run.prometheus.metrics()].join('\n');
    expect(elsewhere).not.toContain('swordfish');
    await run.hooks.close();
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('swordfish');
      },
    ],
    ['gives no text', () => undefined as unknown as string],
  ])('writes nothing where redact %s, and tells of it without a word', async (_how, redact) => {
    const run = rig({ captureContent: true, redact });
    await work(run);
    const names = run.spans().flatMap(({ attributes }) => Object.keys(attributes));
    expect(names.filter((name) => /messages|tool\.call\.(arguments|result)/.test(name))).toEqual([]);
    const faults = run.events.filter(({ type }) => type === 'fault');
    expect(faults.length).toBeGreaterThan(0);
    expect(JSON.stringify(faults)).not.toContain('swordfish');
    expect(run.spansOf('chat')).toHaveLength(2);
    await run.hooks.close();
  });
});

test.each([
  { says: undefined, asked: undefined, isCaptured: false },
  { says: 'true', asked: undefined, isCaptured: true },
  { says: 'SPAN_ONLY', asked: undefined, isCaptured: true },
  { says: 'span_and_event', asked: undefined, isCaptured: true },
  { says: 'EVENT_ONLY', asked: undefined, isCaptured: false },
  { says: 'NO_CONTENT', asked: undefined, isCaptured: false },
  { says: 'true', asked: false, isCaptured: false },
  { says: 'NO_CONTENT', asked: true, isCaptured: true },
])('where the variable says $says and captureContent is $asked, captured: $isCaptured', async (row) => {
  if (row.says !== undefined) vi.stubEnv(VARIABLE, row.says);
  const run = rig({ captureContent: row.asked });
  await run.agent.generate({ prompt: PROMPT });
  const isCaptured = run.spansOf('chat').every(({ attributes }) => 'gen_ai.input.messages' in attributes);
  expect(isCaptured).toBe(row.isCaptured);
  expect(JSON.stringify(run.spans().map(({ attributes }) => attributes)).includes('swordfish')).toBe(row.isCaptured);
  await run.hooks.close();
});

test('of a stream that is given up, what had come is written', async () => {
  const { agent, hooks, spansOf, contentOf } = rig({ captureContent: true });
  const controller = new AbortController();
  const { fullStream } = await agent.stream({ prompt: PROMPT, abortSignal: controller.signal });
  for await (const part of fullStream) if (part.type === 'text-delta') controller.abort();
  await hooks.close();
  const [call] = spansOf('chat');
  expect(call?.attributes['headroom.outcome']).toBe('aborted');
  const [said] = MESSAGES.parse(contentOf(call, 'gen_ai.output.messages'));
  const [text] = said?.parts ?? [];
  expect(text?.type === 'text' && 'I have to look.'.startsWith(text.content)).toBe(true);
});

test.each([
  {
    api: 'chat/completions',
    request: { messages: [{ role: 'user', content: 'Hi.' }] },
    instructions: undefined,
    answer: { choices: [{ message: { role: 'assistant', content: 'Hello.' }, finish_reason: 'stop' }] },
  },
  {
    api: 'responses',
    request: { input: [{ role: 'user', content: [{ type: 'input_text', text: 'Hi.' }] }], instructions: 'Be brief.' },
    instructions: [{ type: 'text', content: 'Be brief.' }],
    answer: { output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hello.' }] }] },
  },
  {
    api: 'responses',
    request: { input: 'Hi.' },
    instructions: undefined,
    answer: { output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hello.' }] }] },
  },
  {
    api: 'messages',
    request: { messages: [{ role: 'user', content: 'Hi.' }], system: [{ type: 'text', text: 'Be brief.' }] },
    instructions: [{ type: 'text', content: 'Be brief.' }],
    answer: {
      type: 'message',
      role: 'assistant',
      content: [{ type: 'text', text: 'Hello.' }],
      stop_reason: 'end_turn',
    },
  },
])('through fetch, $api is captured too', async ({ api, request, instructions, answer }) => {
  const { hooks, spansOf, contentOf } = rig({ captureContent: true });
  const fetch = headroomFetch({
    events: hooks.events,
    fetch: async () => Response.json(answer),
  });
  const body = JSON.stringify({ model: 'some-model', ...request });
  const response = await fetch(`https://provider.example/v1/${api}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  });
  expect(await response.json()).toEqual(answer);
  const [call] = spansOf('chat');
  expect(contentOf(call, 'gen_ai.system_instructions')).toEqual(instructions);
  expect(contentOf(call, 'gen_ai.input.messages')).toEqual([
    { role: 'user', parts: [{ type: 'text', content: 'Hi.' }] },
  ]);
  expect(contentOf(call, 'gen_ai.output.messages')).toEqual([
    { role: 'assistant', parts: [{ type: 'text', content: 'Hello.' }] },
  ]);
  await hooks.close();
});
