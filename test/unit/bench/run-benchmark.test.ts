import { describe, expect, it } from 'vitest';
import { casesOf, type ToolOutput } from '../../../bench/cases/benchmark-case.ts';
import { jsonConfig } from '../../../bench/cases/configs.ts';
import { fileListing } from '../../../bench/cases/listings.ts';
import { plainForms } from '../../../bench/measure/plain-forms.ts';
import { runBenchmark } from '../../../bench/measure/run-benchmark.ts';
import { writePage } from '../../../bench/page.ts';
import { writeSection } from '../../../bench/report.ts';

const cases = [jsonConfig(), fileListing()].flatMap((output: ToolOutput) => casesOf(output));

describe('the benchmark', () => {
  it('measures cases, and writes the same figures twice', async () => {
    const result = await runBenchmark(cases, { repetitions: 1 });
    expect(result.rows.map(({ title, cases }) => [title, cases])).toEqual([
      ['config', 1],
      ['listing', 1],
      ['**all**', 2],
      ['**of ≥ 1,000 tokens**', 1],
    ]);
    const all = result.rows[2];
    expect(all?.before).toBe((result.rows[0]?.before ?? 0) + (result.rows[1]?.before ?? 0));
    expect(all?.none.after).toBeLessThan(all?.before ?? 0);
    expect(all?.recoverable).toMatchObject({ obtainable: all?.needleCount });
    expect(result.broken).toEqual({ restoreFailures: 0, prefixBreaks: 0, changedElsewhere: 0, thrown: 0 });
    expect(result.floor).toMatchObject({ documentCount: 1, heldCount: 1, broken: [] });
    expect(result.time.every(({ overTokenizer }) => overTokenizer > 0)).toBe(true);

    const again = await runBenchmark(cases, { repetitions: 1 });
    expect(again.measured).toEqual(result.measured);
    expect(again.rows).toEqual(result.rows);
  });

  it('adds the figures of a peer, and calls cases by number where they have no name to tell', async () => {
    const byCase = new Map(cases.map(({ name }) => [name, { after: 10, needleCount: 1, needlesInText: 1 }]));
    const result = await runBenchmark(cases, { repetitions: 1, peer: { peer: 'Another tool', byCase } });
    const section = writeSection(result, { named: false });
    expect(section).toContain('The peer is Another tool.');
    expect(section).toMatch(/\| \*\*all\*\* \| 2 \|.*\| 20 \| 99\.\d % \| 100\.0 % \|\n/);
    expect(section).not.toContain('settings.json');
    expect(writeSection(result, { named: true })).toContain('settings.json');
  });
});

describe('a plain form', () => {
  const faithful = (json: string): readonly string[] =>
    plainForms(json).flatMap(({ name, isFaithful }) => (isFaithful ? [name] : []));

  it.each([
    ['says all', '[{"a":1,"b":"x, y"},{"a":2,"b":"z"}]', ['minified', 'toon', 'csv', 'markdown']],
    ['does not tell null from nothing', '[{"a":1,"b":null}]', ['minified', 'toon']],
    ['does not tell a number from its text', '[{"a":"12"},{"a":"x"}]', ['minified', 'toon']],
    ['does not keep the digits of a number', '[{"a":1.10}]', ['minified']],
    ['breaks the lines of a Markdown table', '[{"a":"x\\ny"}]', ['minified', 'toon', 'csv']],
    ['is none of a document without records', '{"a":[1,2]}', ['minified', 'toon']],
  ])('%s', (_title, json, expected) => {
    expect(faithful(json)).toEqual(expected);
  });
});

describe('the page', () => {
  it('keeps the parts that were not measured', () => {
    const first = writePage('', { own: 'A', folders: 'B', size: 'C' });
    const second = writePage(first, { own: 'D' });
    expect(second).toBe(writePage('', { own: 'D', folders: 'B', size: 'C' }));
  });
});
