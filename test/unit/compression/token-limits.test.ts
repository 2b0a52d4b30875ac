import { describe, expect, test } from 'vitest';
import {
  createMemoryStore,
  HeadroomError,
  HeadroomModel,
  optimizeMessages,
  type OptimizeOptions,
} from '../../../src/index.ts';
import { restore, scriptedModel } from '../../../src/testing.ts';
import { dissimilarLines } from './dissimilar-lines.ts';
import { loadTokenCounter } from '../../../src/tokens/count-tokens.ts';

const count = await loadTokenCounter('o200k');

const call = (name: string, id: string) => ({
  role: 'assistant',
  content: null,
  tool_calls: [{ id, type: 'function', function: { name, arguments: '{}' } }],
});
const result = (content: string, id: string) => ({ role: 'tool', tool_call_id: id, content });

const log = (lines: number): string =>
  Array.from({ length: lines }, (_, index) =>
    index % 211 === 97
      ? `2024-05-01T10:00:${index % 60}Z ERROR worker ${index} lost its lease: code E${1_000 + index}`
      : `2024-05-01T10:00:${index % 60}Z INFO worker ${index} finished batch ${index * 37} in ${index % 91} ms`,
  ).join('\n');

/** Text that no selection claims. */
const plain = (lines: number): string => dissimilarLines(lines).join('\n');

async function sendOne(text: string, options: OptimizeOptions, name = 'run') {
  const store = createMemoryStore();
  const messages = [{ role: 'user', content: 'What went wrong?' }, call(name, 'a'), result(text, 'a')];
  const { messages: optimized, decisions } = await optimizeMessages(messages, {
    loss: 'recoverable',
    store,
    ...options,
  });
  const sent = (optimized[2] as { content: string }).content;
  return {
    sent,
    decision: decisions[0],
    tokens: count(sent),
    back: await restore(sent, decisions[0], options.store ?? store),
  };
}

describe('targetTokens', () => {
  test('is what a selection aims for', async () => {
    const small = await sendOne(log(2_000), { targetTokens: 400 });
    const large = await sendOne(log(2_000), { targetTokens: 4_000 });
    expect(small.tokens).toBeLessThan(1_000);
    expect(large.tokens).toBeGreaterThan(2 * small.tokens);
    expect(small.back).toBe(log(2_000));
  });

  test('shortens results that are too small to be shortened without it, and leaves alone those it allows', async () => {
    const text = log(35);
    expect(count(text)).toBeLessThan(1_000);
    expect((await sendOne(text, {})).decision?.rewriting?.leftOut).toBeUndefined();
    expect((await sendOne(text, { targetTokens: 200 })).decision?.rewriting?.leftOut).toBeDefined();
    const wide = await sendOne(log(120), { targetTokens: 4_000 });
    expect(wide.decision?.rewriting?.leftOut).toBeUndefined();
  });

  test('is a guide: what failed stays', async () => {
    const { sent } = await sendOne(log(2_000), { targetTokens: 60 });
    for (const line of log(2_000)
      .split('\n')
      .filter((each) => each.includes('ERROR')))
      expect(sent).toContain(line);
  });
});

describe('maxTokens', () => {
  test.each([
    ['a log', log(2_000)],
    ['text that nothing else makes shorter', plain(900)],
    ['one long line', 'word '.repeat(9_000)],
    ['one long line without a blank', 'x7'.repeat(9_000)],
    ['long lines', Array.from({ length: 12 }, (_, index) => `${index} ${'many words '.repeat(700)}`).join('\n')],
    ['Chinese', '中文字符测试内容。'.repeat(2_000)],
    [
      'records',
      JSON.stringify(
        Array.from({ length: 900 }, (_, id) => ({ id, state: id % 7 === 0 ? 'failed' : 'ok', note: `n ${id * 31}` })),
      ),
    ],
    [
      'one large object',
      JSON.stringify({ a: { b: 'long text '.repeat(4_000), c: [1, 2] }, d: Array(2_000).fill(0.5) }),
    ],
    [
      'a table',
      ['NAME  STATE  AGE', ...Array.from({ length: 600 }, (_, id) => `web-${id}  Running  ${id}d`)].join('\n'),
    ],
  ])('is not exceeded by %s, and all of it can be had', async (_name, text) => {
    for (const maxTokens of [200, 300, 1_000]) {
      const { tokens, decision, sent, back } = await sendOne(text, { maxTokens });
      expect(tokens).toBeLessThanOrEqual(maxTokens);
      expect(tokens).toBeGreaterThan(30);
      expect(decision).toMatchObject({ reason: 'compressed', tokensAfter: tokens });
      expect(decision).not.toHaveProperty('isOverMax');
      expect(sent).toContain(decision?.rewriting?.retrievalId);
      expect(back).toBe(text);
    }
  });

  test('shows lines of both ends, and what failed, each behind its number', async () => {
    const text = plain(900).split('\n').with(450, 'fatal error: the disk is full').join('\n');
    const { sent, decision } = await sendOne(text, { maxTokens: 400 });
    expect(decision?.strategy).toBe('cut-lines');
    const [notice, ...shown] = sent.split('\n');
    expect(notice).toMatch(/^\[(lines|\d+ of 900 lines).*left out.*To read them call headroom_retrieve/);
    expect(shown[0]).toBe(`1\t${plain(1)}`);
    expect(shown).toContain('451\tfatal error: the disk is full');
    expect(shown.at(-1)).toBe(`900\t${text.split('\n')[899]}`);
  });

  test('counts and names failures that do not fit', async () => {
    const kinds =
      'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau'.split(' ');
    const failing = Array.from({ length: 300 }, (_, index) =>
      index % 10 === 5
        ? `ERROR ${kinds[Math.floor(index / 10) % kinds.length]} ${kinds[Math.floor(index / 30)]} broke in a way of its own`
        : `fine ${index}`,
    );
    const { sent, tokens } = await sendOne(failing.join('\n'), { maxTokens: 250 });
    expect(tokens).toBeLessThanOrEqual(250);
    expect(sent).toMatch(/\d+ kinds of failures do not fit, first in lines \d+(, \d+)+ and others/);
  });

  test('counts and names failing rows that do not fit', async () => {
    const rows = Array.from({ length: 120 }, (_, id) => ({
      id,
      error:
        id % 2 === 0
          ? `${'abcdefghij'[id % 10]}${'klmnopqrst'[Math.floor(id / 12)]} broke: a reason with many words of its own`
          : null,
    }));
    const { sent, tokens, decision } = await sendOne(JSON.stringify(rows), { maxTokens: 300 });
    expect(tokens).toBeLessThanOrEqual(300);
    expect(decision?.strategy).toBe('cut-rows');
    expect(sent).toMatch(/\d+ kinds of failures do not fit, first in rows \d+(, \d+)+ and others/);
  });

  test('with nothing to be left out, the decision says that the text is over it', async () => {
    for (const options of [{ loss: 'none' }, { tools: { run: 'lossless' } }, { tools: { run: 'off' } }] as const) {
      const { sent, decision, tokens } = await sendOne(plain(900), { maxTokens: 300, ...options });
      expect(sent).toBe(plain(900));
      expect(decision).toMatchObject({ isOverMax: true, tokensAfter: tokens });
    }
    const within = await sendOne('three short words', { loss: 'none', maxTokens: 300 });
    expect(within.decision).not.toHaveProperty('isOverMax');
  });

  test('with a store that is down nothing is cut', async () => {
    const store = Object.assign(createMemoryStore(), { put: () => Promise.reject(new Error('down')) });
    const { sent, decision } = await sendOne(plain(900), { maxTokens: 300, store });
    expect(sent).toBe(plain(900));
    expect(decision).toMatchObject({ reason: 'store-failed', isOverMax: true });
  });

  test('where loss is allowed, the text is cut and names no id', async () => {
    const { sent, tokens } = await sendOneForGood(plain(900), { maxTokens: 300 });
    expect(tokens).toBeLessThanOrEqual(300);
    expect(sent).toContain('of 900 left out');
    expect(sent).not.toContain('headroom_retrieve');
  });

  test('can differ per tool', async () => {
    const tools = { 'mcp__*': { maxTokens: 250 }, mcp__big: { maxTokens: 2_000, targetTokens: 1_500 } } as const;
    const options = { maxTokens: 500, tools };
    expect((await sendOne(plain(900), options, 'mcp__db')).tokens).toBeLessThanOrEqual(250);
    expect((await sendOne(plain(900), options, 'other')).tokens).toBeGreaterThan(250);
    expect((await sendOne(plain(900), options, 'mcp__big')).tokens).toBeGreaterThan(500);
  });

  test('text that was cut for one limit is cut anew for another', async () => {
    const first = await sendOne(plain(900), { maxTokens: 300 });
    const second = await sendOne(plain(900), { maxTokens: 900 });
    expect(second.tokens).toBeGreaterThan(first.tokens);
    expect((await sendOne(plain(900), { maxTokens: 300 })).sent).toBe(first.sent);
  });
});

async function sendOneForGood(text: string, options: OptimizeOptions) {
  const messages = [call('run', 'a'), result(text, 'a')];
  const { messages: optimized } = await optimizeMessages(messages, { loss: 'allowed', ...options });
  const sent = (optimized[1] as { content: string }).content;
  return { sent, tokens: count(sent) };
}

describe('limits that can not work', () => {
  const wrong: [string, object][] = [
    ['a negative number', { maxTokens: -1 }],
    ['not a number', { targetTokens: Number.NaN }],
    ['no end', { maxTokens: Infinity }],
    ['zero', { maxTokens: 0 }],
    ['a string', { targetTokens: '300' }],
    ['a target above the maximum', { targetTokens: 900, maxTokens: 300 }],
    ['a minimum above the maximum', { minTokens: 900, maxTokens: 300 }],
    ['a default minimum above the maximum', { maxTokens: 10 }],
    ['a negative number for a tool', { tools: { grep: { maxTokens: -5 } } }],
    ['a target above the maximum for a tool', { tools: { grep: { targetTokens: 900, maxTokens: 300 } } }],
    ["a tool's target above the maximum for all", { maxTokens: 300, tools: { grep: { targetTokens: 900 } } }],
    ['a limit that does not exist', { tools: { grep: { most: 3 } } }],
  ];

  test.each(wrong)('%s throws while wiring', async (_title, options) => {
    const error: unknown = await optimizeMessages([], options).catch((reason: unknown) => reason);
    expect(HeadroomError.is(error) && error.code).toBe('invalid-option');
    expect((error as Error).message).toMatch(/\.$/);
    expect(() => new HeadroomModel(scriptedModel([]), options)).toThrow(HeadroomError);
  });

  test('a maximum for one tool limits the target for all', async () => {
    const options = { targetTokens: 800, tools: { run: { maxTokens: 300 } } };
    expect((await sendOne(log(2_000), options)).tokens).toBeLessThanOrEqual(300);
  });
});
