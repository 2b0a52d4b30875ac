import { describe, expect, test } from 'vitest';
import { createMemoryStore, HeadroomError, optimizeMessages, type OptimizeOptions } from '../../../src/index.ts';
import { restore } from '../../../src/testing.ts';

const rows = Array.from({ length: 60 }, (_, index) => ({
  id: index + 1,
  status: index === 36 ? 'failed' : 'ok',
  region: 'eu-west-1',
  error: index === 36 ? 'card declined by issuer' : null,
}));
const toolMessage = (content: unknown, id = 'call_1') => ({ role: 'tool', tool_call_id: id, content });
const callOf = (name: string, id = 'call_1') => ({
  role: 'assistant',
  content: null,
  tool_calls: [{ id, type: 'function', function: { name, arguments: '{}' } }],
});

describe('optimizeMessages', () => {
  test('rewrites a tool result in fewer tokens, says how, and can undo it', async () => {
    const messages = [
      { role: 'user', content: 'List them.' },
      callOf('list_orders'),
      toolMessage(JSON.stringify(rows)),
    ];
    const { messages: optimized, metrics, decisions } = await optimizeMessages(messages);
    const [decision] = decisions;
    expect(decision).toMatchObject({
      messageIndex: 2,
      toolName: 'list_orders',
      contentKind: 'json',
      reason: 'compressed',
      isNew: true,
    });
    expect(metrics.savingsPercent).toBeGreaterThan(40);
    expect(metrics.tokensSaved).toBe(metrics.tokensBefore - metrics.tokensAfter);
    expect(metrics.transformsApplied).toEqual([decision?.strategy]);
    const { content } = optimized[2] as { content: string };
    expect(await restore(content, decision)).toBe(JSON.stringify(rows));
    expect(optimized[0]).toBe(messages[0]);
    expect(optimized[1]).toBe(messages[1]);
  });

  test('gives back the very list it was given when there is nothing to do', async () => {
    const messages = [{ role: 'user', content: 'Hello.' }, toolMessage('ok')];
    const { messages: optimized, metrics, decisions } = await optimizeMessages(messages);
    expect(optimized).toBe(messages);
    expect(decisions.map(({ reason }) => reason)).toEqual(['below-minimum']);
    expect(metrics).toMatchObject({ tokensSaved: 0, savingsPercent: 0, transformsApplied: [] });
    expect((await optimizeMessages([])).metrics.tokensBefore).toBe(0);
  });

  test('sums by tool and by strategy to the total', async () => {
    const messages = [
      callOf('list_orders', 'a'),
      toolMessage(JSON.stringify(rows), 'a'),
      callOf('read_file', 'b'),
      toolMessage('a short answer of a few words', 'b'),
      toolMessage(JSON.stringify(rows.slice(10)), 'unknown call'),
    ];
    const { metrics } = await optimizeMessages(messages);
    for (const groups of [metrics.byTool, metrics.byStrategy]) {
      const sum = Object.values(groups).reduce((total, { tokensSaved }) => total + tokensSaved, 0);
      expect(sum).toBe(metrics.tokensSaved);
    }
    expect(Object.keys(metrics.byTool)).toEqual(['list_orders', 'read_file', 'unknown']);
  });

  test('obeys a rule per tool, exact names before globs', async () => {
    const store = createMemoryStore();
    const messages = [
      callOf('mcp__db__query', 'a'),
      toolMessage(JSON.stringify(rows), 'a'),
      callOf('mcp__files__list', 'b'),
      toolMessage(JSON.stringify(rows), 'b'),
      callOf('list_orders', 'c'),
      toolMessage(JSON.stringify(rows), 'c'),
    ];
    const tools = { 'mcp__*': 'off', mcp__files__list: 'lossless', list_orders: { minTokens: 1_000_000 } } as const;
    const { decisions } = await optimizeMessages(messages, { loss: 'recoverable', store, tools });
    expect(decisions.map(({ reason }) => reason)).toEqual(['excluded-tool', 'compressed', 'below-minimum']);
    expect(decisions[1]?.rewriting?.leftOut).toBeUndefined();
  });

  test('never compresses what the model asked for in full', async () => {
    const messages = [callOf('headroom_retrieve'), toolMessage(JSON.stringify(rows))];
    const { messages: optimized, decisions } = await optimizeMessages(messages);
    expect(optimized).toBe(messages);
    expect(decisions.map(({ reason }) => reason)).toEqual(['own-result']);
  });

  test('measures and changes nothing in audit, and stores nothing', async () => {
    const puts: string[] = [];
    const store = Object.assign(createMemoryStore(), { put: async (id: string) => void puts.push(id) });
    const messages = [callOf('list_orders'), toolMessage(JSON.stringify(rows))];
    const audited = await optimizeMessages(messages, { mode: 'audit', loss: 'recoverable', store });
    expect(audited.messages).toBe(messages);
    expect(audited.metrics.tokensSaved).toBeGreaterThan(0);
    expect(puts).toEqual([]);
    const off = await optimizeMessages(messages, { mode: 'off' });
    expect(off.messages).toBe(messages);
    expect(off.decisions).toEqual([]);
  });

  test('leaves what is left as it is once aborted', async () => {
    const messages = [toolMessage(JSON.stringify(rows))];
    const { messages: optimized, decisions } = await optimizeMessages(messages, { signal: AbortSignal.abort() });
    expect(optimized).toBe(messages);
    expect(decisions[0]?.reason).toBe('aborted');
  });

  test('turns a JSON output of the AI SDK into a text, and keeps all that stands beside it', async () => {
    const part = {
      type: 'tool-result',
      toolCallId: 'c1',
      toolName: 'list',
      output: { type: 'json', value: rows, providerOptions: { google: { thoughtSignature: 'SIG==' } } },
      providerOptions: { anthropic: { cacheControl: { type: 'ephemeral' } } },
    };
    const { messages } = await optimizeMessages([{ role: 'tool', content: [part] }]);
    const [optimized] = (messages as unknown as { content: (typeof part)[] }[])[0]?.content ?? [];
    expect(optimized).toEqual({ ...part, output: { ...part.output, type: 'text', value: expect.any(String) } });
    expect(optimized?.output.providerOptions).toBe(part.output.providerOptions);
  });

  test('keeps the classes of messages that are instances', async () => {
    class ToolMessage {
      readonly role = 'tool';
      readonly tool_call_id = 'c1';
      readonly content: string;
      constructor(content: string) {
        this.content = content;
      }
    }
    const { messages } = await optimizeMessages([new ToolMessage(JSON.stringify(rows))]);
    expect(messages[0]).toBeInstanceOf(ToolMessage);
    expect(messages[0]?.content).not.toBe(JSON.stringify(rows));
  });

  test.each([
    ['nothing at all', ''],
    ['a lone surrogate', `\ud800${'x '.repeat(100)}`],
    ['NUL bytes', '\0'.repeat(500)],
    ['a special token', '<|endoftext|> '.repeat(100)],
    ['5,000 levels of nesting', '['.repeat(5_000) + ']'.repeat(5_000)],
    ['100,000 columns', `[{${Array.from({ length: 100_000 }, (_, index) => `"c${index}":1`).join(',')}}]`],
    ['an unbroken run', 'a'.repeat(300_000)],
    ['a prototype as a key', '[{"__proto__":{"a":1},"constructor":1},{"__proto__":{"a":2},"constructor":2}]'],
  ])('does not stumble over %s', async (_title, text) => {
    const { messages, decisions } = await optimizeMessages([toolMessage(text)]);
    const { content } = messages[0] as { content: string };
    expect(await restore(content, decisions[0])).toBe(text);
    expect(({} as { a?: unknown }).a).toBeUndefined();
  });

  test('lets 50 MB through in bounded time', async () => {
    const text = 'A line of a log that goes on and on.\n'.repeat(1_400_000);
    const { messages, decisions } = await optimizeMessages([toolMessage(text)]);
    expect((messages[0] as { content: string }).content).toBe(text);
    expect(decisions[0]?.reason).toBe('too-large');
    expect(decisions[0]?.tokensBefore).toBeGreaterThan(10_000_000);
  });

  test('keeps the lossless form when the store is down', async () => {
    const store = Object.assign(createMemoryStore(), { put: () => Promise.reject(new Error('down')) });
    const many = Array.from({ length: 400 }, (_, index) => ({ ...rows[index % 60], id: index }));
    const messages = [toolMessage(JSON.stringify(many))];
    const { messages: optimized, decisions } = await optimizeMessages(messages, { loss: 'recoverable', store });
    expect(decisions[0]).toMatchObject({ reason: 'store-failed' });
    expect(decisions[0]?.rewriting?.leftOut).toBeUndefined();
    expect(await restore((optimized[0] as { content: string }).content, decisions[0])).toBe(JSON.stringify(many));
  });

  test.each<[string, unknown, string]>([
    ['an unknown option', { los: 'none' }, 'unknown-option'],
    ['an option of the wrong type', { minTokens: '20' }, 'invalid-option'],
    ['a mode that does not exist', { mode: 'simulate' }, 'invalid-option'],
    ['a rule that does not exist', { tools: { grep: 'never' } }, 'invalid-option'],
    ['a store that is none', { store: new Map() }, 'invalid-option'],
    ['a string in place of options', 'gpt-4o', 'invalid-option'],
    ["loss: 'recoverable' without a store", { loss: 'recoverable' }, 'missing-store'],
  ])('rejects %s with a sentence that says what to do', async (_title, options, code) => {
    const error: unknown = await optimizeMessages([], options as OptimizeOptions).catch((reason: unknown) => reason);
    expect(HeadroomError.is(error) && error.code).toBe(code);
    expect((error as Error).message).toMatch(/\.$/);
  });
});
