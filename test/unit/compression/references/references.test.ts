import { describe, expect, test } from 'vitest';
import { createMemoryStore, optimizeMessages, type OptimizeOptions } from '../../../../src/index.ts';
import { restore } from '../../../../src/testing.ts';
import { dissimilarLines } from '../dissimilar-lines.ts';

const file = (changed: string): string =>
  Array.from(
    { length: 60 },
    (_, index) => `line ${index + 1} of the file, ${index === 30 ? changed : 'as it was'}`,
  ).join('\n');

/** Source code, which nothing else is made shorter of. */
const SOURCE = `import { readFile } from 'node:fs/promises';
import { parse } from './parse.ts';

/** Reads the settings of a project. */
export async function readSettings(path: string): Promise<Settings> {
  const text = await readFile(path, 'utf8');
  const settings = parse(text);
  if (settings === undefined) {
    throw new Error('No settings in ' + path);
  }
  return withDefaults(settings);
}

const DEFAULTS = { retries: 3, timeoutMs: 1_000, verbose: false };

function withDefaults(settings: Partial<Settings>): Settings {
  return { ...DEFAULTS, ...settings };
}

export interface Settings {
  readonly retries: number;
  readonly timeoutMs: number;
  readonly verbose: boolean;
}
export default readSettings;`;

const read = (content: string, id: string, path = 'a.ts') => [
  {
    role: 'assistant',
    content: null,
    tool_calls: [{ id, type: 'function', function: { name: 'read_file', arguments: JSON.stringify({ path }) } }],
  },
  { role: 'tool', tool_call_id: id, content },
];
const textAt = (messages: readonly unknown[], index: number): string =>
  (messages[index] as { content: string }).content;

/** What the second of two results becomes. */
async function second(first: string, again: string, options: OptimizeOptions = {}) {
  const messages = [...read(first, 'a'), ...read(again, 'b')];
  const { messages: optimized, decisions } = await optimizeMessages(messages, options);
  return { text: textAt(optimized, 3), decision: decisions[1], before: textAt(optimized, 1), decisions };
}

describe('results that come again', () => {
  test('a result that was read before becomes a reference to it, with nothing lost and no store', async () => {
    const { text, decision } = await second(file('old'), file('old'));
    expect(text).toBe('[The same 60 lines as the result of read_file {"path":"a.ts"}, 1 tool result earlier.]');
    expect(decision).toMatchObject({ strategy: 'earlier-result', reason: 'compressed' });
    expect(decision?.rewriting?.leftOut).toBeUndefined();
    expect(await restore(text, decision)).toBe(file('old'));
  });

  test('where the model can ask, the reference says how, for a prompt that somebody cuts later', async () => {
    const store = createMemoryStore();
    const { text, decision } = await second(file('old'), file('old'), { loss: 'recoverable', store });
    expect(text).toMatch(
      /^\[The same 60 lines as the result of read_file \{"path":"a.ts"\}, 1 tool result earlier\. To read it all call headroom_retrieve with id "[0-9a-f]{24}"\.\]$/,
    );
    expect(await store.get(decision?.rewriting?.retrievalId ?? '', 'default')).toMatchObject({ text: file('old') });
    expect(await restore(text, decision, createMemoryStore())).toBe(file('old'));
  });

  test('while the store is down the reference stands without the id', async () => {
    const store = Object.assign(createMemoryStore(), { put: () => Promise.reject(new Error('down')) });
    const { text, decision } = await second(file('old'), file('old'), { loss: 'recoverable', store });
    expect(text).toBe('[The same 60 lines as the result of read_file {"path":"a.ts"}, 1 tool result earlier.]');
    expect(decision?.reason).toBe('store-failed');
    expect(decision?.rewriting?.retrievalId).toBeUndefined();
  });

  test('a text that was edited in between becomes a diff with what stands around the change', async () => {
    const lines = dissimilarLines(60);
    const edited = lines.with(30, 'const changed = "completely";');
    const { text, decision } = await second(lines.join('\n'), edited.join('\n'));
    const [head, ...rest] = text.split('\n');
    expect(head).toBe(
      '[A diff to the result of read_file {"path":"a.ts"}, 1 tool result earlier; all that it does not show is the same.]',
    );
    expect(rest).toEqual([
      '@@ -29,5 +29,5 @@',
      ` ${lines[28]}`,
      ` ${lines[29]}`,
      `-${lines[30]}`,
      '+const changed = "completely";',
      ` ${lines[31]}`,
      ` ${lines[32]}`,
    ]);
    expect(await restore(text, decision)).toBe(edited.join('\n'));
  });

  test('a file whose lines are numbered is compared without the numbers, which an edit moves', async () => {
    const numbered = (lines: readonly string[]): string =>
      lines.map((line, index) => `${String(index + 1).padStart(6)}→${line}`).join('\n');
    const lines = SOURCE.split('\n');
    const edited = [...lines.slice(0, 10), 'one more line', ...lines.slice(10)];
    const { text, decision } = await second(numbered(lines), numbered(edited));
    expect(text.split('\n').slice(1)).toEqual([
      '[1-10 same as 1-10 there]',
      '    11→one more line',
      '[12-26 same as 11-25 there]',
    ]);
    expect(await restore(text, decision)).toBe(numbered(edited));
  });

  test('another range of the same file shows what it has more, and says where the rest stands', async () => {
    const lines = dissimilarLines(120);
    const range = lines.slice(60, 110);
    const { text, decision } = await second(lines.slice(0, 100).join('\n'), range.join('\n'));
    const [, run, ...rest] = text.split('\n');
    expect(run).toMatch(/^\[1-40 same as 61-100 there: ".{1,43}" to ".{1,43}"\]$/);
    expect(rest).toEqual(range.slice(40).map((line, index) => `${index + 41}\t${line}`));
    expect(await restore(text, decision)).toBe(range.join('\n'));
  });

  test('a list of records that is polled again shows the rows that changed and are new', async () => {
    const pods = Array.from({ length: 50 }, (_, index) => ({
      name: `web-${index}`,
      state: 'Running',
      ip: `10.0.0.${index}`,
    }));
    const later = [...pods.toSpliced(3, 1), { name: 'web-50', state: 'Pending', ip: '' }].map((pod) =>
      pod.name === 'web-7' ? { ...pod, state: 'CrashLoopBackOff' } : pod,
    );
    const { text, decision } = await second(JSON.stringify(pods), JSON.stringify(later));
    const [head, ...rest] = text.split('\n');
    expect(head).toBe(
      '[The same JSON as the result of read_file {"path":"a.ts"}, 1 tool result earlier, but for these values, and items counted from 0 that are new (+) or gone (-).]',
    );
    expect(rest).toEqual([
      '- [3: "web-3"]',
      '+ [49] = {"name":"web-50","state":"Pending","ip":""}',
      '[6: "web-7"].state = "CrashLoopBackOff"',
    ]);
    expect(JSON.parse(await restore(text, decision))).toEqual(later);
  });

  test('a list that a database driver prints in one line is compared piece by piece', async () => {
    const rows = Array.from({ length: 80 }, (_, index) => `('city ${index * 37}', ${index})`);
    const { text, decision } = await second(`[${rows.join(', ')}]`, `[${rows.toSpliced(40, 2).join(', ')}]`);
    expect(text.split('\n').slice(1)).toEqual([
      '@@ -39,6 +39,4 @@',
      ` ${rows[38]},`,
      ` ${rows[39]},`,
      `-${rows[40]},`,
      `-${rows[41]},`,
      ` ${rows[42]},`,
      ` ${rows[43]},`,
    ]);
    expect(await restore(text, decision)).toBe(`[${rows.toSpliced(40, 2).join(', ')}]`);
  });

  test('differences are said to the text that was sent, so that a reader finds them there', async () => {
    const csv = ['id,state,note', ...Array.from({ length: 60 }, (_, index) => `${index},on,row ${index * 37}`)];
    const { decision, before, text } = await second(csv.join('\n'), csv.with(30, '29,off,row 1').join('\n'));
    expect(before).not.toBe(csv.join('\n'));
    expect(decision?.rewriting?.reference).toMatchObject({ messageIndex: 1 });
    expect(decision?.rewriting?.reference?.text).toBe(before);
    expect(await restore(text, decision)).toBe(csv.with(30, '29,off,row 1').join('\n'));
  });

  test('a text that has drifted far is sent in full again, and is what the next are compared with', async () => {
    const lines = dissimilarLines(80);
    const polls = Array.from({ length: 12 }, (_, poll) =>
      [...lines.slice(0, 80 - poll * 3), ...dissimilarLines(poll * 3, poll + 5)].join('\n'),
    );
    const messages = polls.flatMap((poll, index) => read(poll, `call_${index}`));
    const { decisions } = await optimizeMessages(messages);
    const bases = decisions.map(({ rewriting }) => rewriting?.reference?.messageIndex);
    expect(new Set(bases.filter((base) => base !== undefined)).size).toBeGreaterThan(1);
    for (const [index, poll] of polls.entries()) {
      const { messages: optimized } = await optimizeMessages(messages);
      expect(await restore(textAt(optimized, index * 2 + 1), decisions[index])).toBe(poll);
    }
  });

  test('a repetition of a text that was itself said by what differs leads back too', async () => {
    const lines = dissimilarLines(60);
    const edited = lines.with(30, 'changed').join('\n');
    const messages = [...read(lines.join('\n'), 'a'), ...read(edited, 'b'), ...read(edited, 'c')];
    const { messages: optimized, decisions } = await optimizeMessages(messages);
    expect(textAt(optimized, 5)).toMatch(
      /^\[The same 60 lines as the result of read_file .*, 1 tool result earlier\.\]$/,
    );
    expect(await restore(textAt(optimized, 5), decisions[2])).toBe(edited);
  });

  test('nothing is compared with a result of which something was left out; the same again is not said twice', async () => {
    const long = Array.from({ length: 900 }, (_, index) => `2024-05-01T10:00:00Z INFO worker ${index} done`).join('\n');
    const store = createMemoryStore();
    const { text, decision, decisions, before } = await second(long, long, { loss: 'recoverable', store });
    expect(decisions.map(({ strategy }) => strategy)).toEqual(['log-lines', 'earlier-result']);
    expect(text).toMatch(
      /^\[The same as the result of read_file .*, with the same left out\. To read it all call headroom_retrieve with id "[0-9a-f]{24}"\.\]$/,
    );
    expect(before).toContain(decision?.rewriting?.retrievalId);
    expect(decision?.rewriting?.leftOut).toEqual(decisions[0]?.rewriting?.leftOut);
    expect(await restore(text, decision, store)).toBe(long);
    const longer = await second(long, `${long}\none more`, { loss: 'recoverable', store });
    expect(longer.decision?.strategy).toBe('log-lines');
  });

  test('another question about the same text is answered anew', async () => {
    const long = Array.from({ length: 900 }, (_, index) => `2024-05-01T10:00:00Z INFO worker ${index * 7} done`).join(
      '\n',
    );
    const messages = [...read(long, 'a'), { role: 'user', content: 'What about worker 2401?' }, ...read(long, 'b')];
    const { messages: optimized, decisions } = await optimizeMessages(messages, {
      loss: 'recoverable',
      store: createMemoryStore(),
    });
    expect(decisions.map(({ strategy }) => strategy)).toEqual(['log-lines', 'log-lines']);
    expect(textAt(optimized, 4)).toContain('worker 2401');
  });

  test('where a host drops the earlier result, the later one is sent in full', async () => {
    const messages = [...read(file('old'), 'a'), ...read(file('old'), 'b'), ...read(file('new'), 'c')];
    const whole = await optimizeMessages(messages);
    expect(whole.decisions.map(({ strategy }) => strategy)).toEqual([
      whole.decisions[0]?.strategy,
      'earlier-result',
      'earlier-result',
    ]);
    const { messages: optimized, decisions } = await optimizeMessages(messages.slice(2));
    expect(textAt(optimized, 1)).toBe(textAt(whole.messages, 1));
    expect(decisions[1]?.rewriting?.reference?.messageIndex).toBe(1);
    const last = await optimizeMessages(messages.slice(4));
    expect(last.decisions[0]?.rewriting?.reference).toBeUndefined();
  });

  test('there are none where the caller says so', async () => {
    const { text, before } = await second(file('old'), file('old'), { references: false });
    expect(text).toBe(before);
  });

  test('a decision can be logged without what it refers to, and needs it again to be undone', async () => {
    const { text, decision, before } = await second(file('old'), file('new'));
    const logged = JSON.parse(JSON.stringify(decision)) as NonNullable<typeof decision>;
    expect(JSON.stringify(logged)).not.toContain('of the file');
    await expect(restore(text, logged)).rejects.toMatchObject({ code: 'not-restorable' });
    const reference = { ...logged.rewriting?.reference, text: before };
    const filled = { ...logged, rewriting: { ...logged.rewriting, reference } } as NonNullable<typeof decision>;
    expect(await restore(text, filled)).toBe(file('new'));
  });

  test('the arguments of a call stand in one line, whatever is in them', async () => {
    const messages = [
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'run', arguments: '{\n  "command": "ls\n\u2028-la"\n}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'a', content: file('old') },
      ...read(file('new'), 'b'),
    ];
    const { messages: optimized, decisions } = await optimizeMessages(messages);
    expect(textAt(optimized, 3).split('\n')[0]).toMatch(/^\[.*result of run \{ "command": "ls -la" \}.*\]$/);
    expect(await restore(textAt(optimized, 3), decisions[1])).toBe(file('new'));
  });
});
