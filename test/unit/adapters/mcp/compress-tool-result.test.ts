import { describe, expect, test } from 'vitest';
import { compressToolResult } from '../../../../src/adapters/mcp.ts';
import { createMemoryStore, HeadroomError } from '../../../../src/index.ts';

const rows = Array.from({ length: 60 }, (_, id) => ({ id, status: id === 37 ? 'failed' : 'paid', country: 'DE' }));
const text = JSON.stringify(rows, undefined, 2);
const given = { content: [{ type: 'text', text }], structuredContent: { rows } };

describe('compressToolResult', () => {
  test('tells what it did, and where', async () => {
    const { result, metrics, decisions } = await compressToolResult(given, { toolName: 'list_orders' });
    expect(result.content[0]?.text.length).toBeLessThan(text.length / 2);
    expect(result.structuredContent).toBe(given.structuredContent);
    expect(metrics.byTool['list_orders']?.tokensSaved).toBe(metrics.tokensSaved);
    expect(decisions).toMatchObject([{ messageIndex: 0, partIndex: 0, toolName: 'list_orders', reason: 'compressed' }]);
    expect(decisions[0]?.blockIndex).toBeUndefined();
  });

  test('refers to no other text, of the same result neither', async () => {
    const [block] = given.content;
    const { result } = await compressToolResult({ content: [block, block] });
    expect(result.content[1]).toEqual(result.content[0]);
    expect(result.content[0]).toEqual((await compressToolResult(given)).result.content[0]);
  });

  test('goes by rules for tools, and by the mode', async () => {
    const excluded = await compressToolResult(given, { toolName: 'list_orders', tools: { 'list_*': 'off' } });
    expect(excluded.result).toBe(given);
    expect(excluded.decisions).toMatchObject([{ reason: 'excluded-tool' }]);
    const audit = await compressToolResult(given, { mode: 'audit' });
    expect(audit.result).toBe(given);
    expect(audit.metrics.tokensSaved).toBeGreaterThan(0);
    expect((await compressToolResult(given, { mode: 'off' })).decisions).toEqual([]);
  });

  test('keeps what the arguments and the question name', async () => {
    const log = Array.from(
      { length: 900 },
      (_, id) => `2026-01-05T02:00:00Z INFO order ${id + 5_000} paid at desk ${id % 7}`,
    );
    const options = { loss: 'recoverable', targetTokens: 200 } as const;
    const see = async (more: object): Promise<string | undefined> => {
      const result = { content: [{ type: 'text', text: log.join('\n') }] };
      const store = createMemoryStore();
      return (await compressToolResult(result, { ...options, store, ...more })).result.content[0]?.text;
    };
    expect(await see({})).not.toContain('order 5613');
    expect(await see({ query: 'Who paid order 5613?' })).toContain('order 5613');
    expect(await see({ arguments: { about: 'order 5613' } })).toContain('order 5613');
  });

  test('is of no consequence to what is no result', async () => {
    const thrower = Object.defineProperty({}, 'content', {
      enumerable: true,
      get: () => {
        throw new Error('a getter that throws');
      },
    });
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    for (const value of [undefined, null, 'text', 7, [], {}, { content: 'text' }, { toolResult: text }, thrower]) {
      const { result, decisions } = await compressToolResult(value, { toolName: 'list', arguments: circular });
      expect(result).toBe(value);
      expect(decisions).toEqual([]);
    }
  });

  test('once aborted leaves what is left as it is', async () => {
    const controller = new AbortController();
    controller.abort();
    const { result, decisions } = await compressToolResult(given, { signal: controller.signal });
    expect(result).toBe(given);
    expect(decisions).toMatchObject([{ reason: 'aborted' }]);
  });

  test('rejects for options that can not work', async () => {
    await expect(compressToolResult(given, { loss: 'recoverable' })).rejects.toThrow(HeadroomError);
    await expect(compressToolResult(given, { references: false } as never)).rejects.toThrow(/no option "references"/);
    await expect(compressToolResult(given, { toolName: '' })).rejects.toThrow(/toolName/);
    await expect(compressToolResult(given, { query: 7 } as never)).rejects.toThrow(/has to be a string/);
  });
});
