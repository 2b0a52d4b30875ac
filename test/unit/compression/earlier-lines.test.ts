import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { referToEarlier } from '../../../src/compression/selection/earlier-lines.ts';
import { createMemoryStore, optimizeMessages } from '../../../src/index.ts';
import { restore } from '../../../src/testing.ts';
import { logText } from '../../property/arbitraries/tool-output.ts';
import { propertyRuns } from '../../property/property-runs.ts';

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

const read = (content: string, id: string) => [
  {
    role: 'assistant',
    content: null,
    tool_calls: [{ id, type: 'function', function: { name: 'read_file', arguments: '{"path":"a.ts"}' } }],
  },
  { role: 'tool', tool_call_id: id, content },
];
const textAt = (messages: readonly unknown[], index: number): string =>
  (messages[index] as { content: string }).content;

describe('results that come again', () => {
  test('a result that was read before becomes a reference to it', async () => {
    const messages = [...read(file('old'), 'a'), ...read(file('old'), 'b')];
    const store = createMemoryStore();
    const { messages: optimized, decisions } = await optimizeMessages(messages, { loss: 'recoverable', store });
    expect(textAt(optimized, 3)).toMatch(
      /^\[The same 60 lines as the result of read_file \{"path":"a.ts"\}, 1 tool result earlier\. To read it all call headroom_retrieve with id "[0-9a-f]{24}"\.\]$/,
    );
    expect(await restore(textAt(optimized, 3), decisions[1], store)).toBe(file('old'));
  });

  test('a file that was edited in between shows what changed, by line', async () => {
    const messages = [...read(file('old'), 'a'), ...read(file('new'), 'b')];
    const { messages: optimized } = await optimizeMessages(messages, {
      loss: 'recoverable',
      store: createMemoryStore(),
    });
    const [head, ...rest] = textAt(optimized, 3).split('\n');
    expect(head).toContain('Only what differs from the result of read_file {"path":"a.ts"}, 1 tool result earlier');
    expect(rest).toEqual(['[1-30 same as 1-30 there]', '31\tline 31 of the file, new', '[32-60 same as 32-60 there]']);
  });

  test('a file whose lines are numbered is compared without the numbers, which an edit moves', async () => {
    const numbered = (lines: readonly string[]): string =>
      lines.map((line, index) => `${String(index + 1).padStart(6)}→${line}`).join('\n');
    const lines = SOURCE.split('\n');
    const edited = [...lines.slice(0, 10), 'one more line', ...lines.slice(10)];
    const messages = [...read(numbered(lines), 'a'), ...read(numbered(edited), 'b')];
    const store = createMemoryStore();
    const { messages: optimized, decisions } = await optimizeMessages(messages, { loss: 'recoverable', store });
    expect(textAt(optimized, 3).split('\n').slice(1)).toEqual([
      '[1-10 same as 1-10 there]',
      '    11→one more line',
      '[12-26 same as 11-25 there]',
    ]);
    expect(await restore(textAt(optimized, 3), decisions[1], store)).toBe(numbered(edited));
  });

  test('nothing refers to a result of which something was left out', async () => {
    const long = Array.from({ length: 900 }, (_, index) => `2024-05-01T10:00:00Z INFO worker ${index} done`).join('\n');
    const messages = [...read(long, 'a'), ...read(long, 'b')];
    const { decisions } = await optimizeMessages(messages, { loss: 'recoverable', store: createMemoryStore() });
    expect(decisions.map(({ rewriting }) => rewriting?.strategy)).toEqual(['log-lines', 'log-lines']);
  });

  test("nothing refers to anything with loss: 'none', where no original could be given back", async () => {
    const messages = [...read(file('old'), 'a'), ...read(file('old'), 'b')];
    const { messages: optimized } = await optimizeMessages(messages);
    expect(textAt(optimized, 3)).toBe(textAt(optimized, 1));
  });

  test('every line stands in the text, or where the text says that it stands', () => {
    fc.assert(
      fc.property(logText(30), logText(30), fc.nat(60), (earlier, other, cut) => {
        const lines = earlier.split('\n');
        const text = [...lines.slice(0, cut), ...other.split('\n').slice(0, 5), ...lines.slice(cut)].join('\n');
        const selected = referToEarlier(text, { earlier, name: 'it', retrievalId: 'id' });
        if (selected === undefined || text === earlier) return;
        const rebuilt: string[] = [];
        for (const shown of selected.text.split('\n').slice(1)) {
          const range = /^\[(\d+)-(\d+) same as (\d+)-(\d+) there\]$/.exec(shown);
          if (range === null) rebuilt.push(shown.slice(shown.indexOf('\t') + 1));
          else rebuilt.push(...lines.slice(Number(range[3]) - 1, Number(range[4])));
        }
        expect(rebuilt.join('\n')).toBe(text.endsWith('\n') ? text.slice(0, -1) : text);
      }),
      propertyRuns(),
    );
  });

  test('takes time in proportion to the text, also where every line is the same', () => {
    const timeOf = (count: number): number => {
      const earlier = '}\n'.repeat(count);
      const start = performance.now();
      referToEarlier(`${earlier}x`, { earlier, name: 'it', retrievalId: undefined });
      return performance.now() - start;
    };
    timeOf(20_000);
    const small = Math.min(...Array.from({ length: 5 }, () => timeOf(40_000)));
    const large = Math.min(...Array.from({ length: 5 }, () => timeOf(160_000)));
    expect(large / small).toBeLessThan(12);
  });
});
