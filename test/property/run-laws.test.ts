import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logLines } from '../../src/compression/selection/log-lines.ts';
import { nameBlocks, unnameBlocks } from '../../src/compression/strategies/lines/name-blocks.ts';
import { testLines, threadDump } from './arbitraries/tool-runs.ts';
import { propertyRuns } from './property-runs.ts';

function select(lines: readonly string[], budgetTokens: number): string | undefined {
  const content = { kind: 'log', text: lines.join('\n'), lines } as const;
  return logLines.select(content, { query: '', budgetTokens, count: (text) => text.length, retrievalId: 'the-id' })
    ?.text;
}

describe('a run of tests with lines left out', () => {
  test('names the first forty tests that failed, and counts all that passed', () => {
    let countedRuns = 0;
    fc.assert(
      fc.property(testLines(120), fc.integer({ min: 1, max: 600 }), (tests, budgetTokens) => {
        const lines = tests.map(({ text }) => text);
        const selected = select(lines, budgetTokens);
        if (selected === undefined) return;
        const shown = new Set(selected.split('\n').map((line) => line.slice(line.indexOf('\t') + 1)));
        const failed = tests.filter(({ outcome }) => outcome === 'failed');
        for (const { text } of failed.slice(0, 40)) expect(shown).toContain(text);
        const hidden = tests.filter(({ text, outcome }) => outcome === 'passed' && !shown.has(text)).length;
        if (hidden < 2) return;
        countedRuns++;
        expect(selected).toMatch(new RegExp(`[ :]${hidden} passed\\b`));
      }),
      propertyRuns(),
    );
    expect(countedRuns).toBeGreaterThan(0);
  });
});

describe('threads of a dump', () => {
  test('are said to have the stack of another only where they have', () => {
    let noteCount = 0;
    fc.assert(
      fc.property(threadDump(60), fc.integer({ min: 1, max: 2_000 }), (text, budgetTokens) => {
        const selected = select(text.split('\n'), budgetTokens);
        if (selected === undefined) return;
        const stacks = stacksByThread(text);
        for (const [, line = '', names = ''] of selected.matchAll(
          /^\[\d+ more threads? ha(?:s|ve) the stack of line (\d+): (.*?)(?: and \d+ others)?; the last on line \d+\]$/gm,
        )) {
          noteCount++;
          const header = text.split('\n')[Number(line) - 1] ?? '';
          const first = /^"([^"]+)"/.exec(header)?.[1] ?? '';
          for (const name of names.split(', ')) expect(stacks.get(name)).toBe(stacks.get(first));
        }
      }),
      propertyRuns(),
    );
    expect(noteCount).toBeGreaterThan(0);
  });
});

function stacksByThread(text: string): ReadonlyMap<string, string> {
  const stacks = new Map<string, string>();
  for (const thread of text.split('\n\n')) {
    const [header = '', ...rest] = thread.split('\n');
    const name = /^"([^"]+)"/.exec(header)?.[1];
    if (name !== undefined) stacks.set(name, rest.filter((line) => line.startsWith('\tat ')).join('\n'));
  }
  return stacks;
}

describe('blocks that come again', () => {
  test('within blocks and beside them, are put back', () => {
    let namedCount = 0;
    const ids = fc.array(fc.nat(5), { maxLength: 120, size: 'max' });
    fc.assert(
      fc.property(
        ids,
        fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 6 }),
        fc.nat(30),
        (start, copies, leastGain) => {
          let sequence = start;
          for (const [from, length] of copies) {
            const at = sequence.length === 0 ? 0 : from % sequence.length;
            sequence = [...sequence, ...sequence.slice(at, at + (length % 40)), sequence.length % 7];
          }
          const lines = sequence.map((id) => `line ${id}`);
          const tokens = sequence.map((id) => 4 + 7 * id);
          const named = nameBlocks(lines, { ids: Int32Array.from(sequence), tokens, leastGain });
          if (named.length < lines.length) namedCount++;
          expect(unnameBlocks(named)).toEqual(lines);
        },
      ),
      propertyRuns(),
    );
    expect(namedCount).toBeGreaterThan(0);
  });
});
