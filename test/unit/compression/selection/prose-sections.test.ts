import { describe, expect, test } from 'vitest';
import { proseSections } from '../../../../src/compression/selection/prose-sections.ts';
import type { Selected } from '../../../../src/compression/strategy.ts';

function select(lines: readonly string[], query = '', budgetTokens = 200): Selected {
  const selected = proseSections.select(
    { kind: 'markdown', text: lines.join('\n'), lines },
    { query, budgetTokens, count: (part) => part.length / 4, retrievalId: 'abc123' },
  );
  if (selected === undefined) throw new Error('nothing was left out');
  return selected;
}

const filler = (count: number, about = 'plain things'): string[] =>
  Array.from({ length: count }, (_, index) => [
    `Paragraph ${index} goes on about ${about} for the length of a line.`,
    '',
  ]).flat();

describe('a document with sections left out', () => {
  test('keeps its outline, with the lines of each section, and how it begins', () => {
    const { text } = select([
      '# Shop',
      '',
      'All about the shop.',
      '',
      '## Orders',
      '',
      ...filler(40),
      '## Returns',
      '',
      ...filler(40),
    ]);
    expect(text.split('\n')[0]).toMatch(
      /^\[\d+ of 168 lines left out: .* headroom_retrieve with id "abc123"|^\[lines /,
    );
    expect(text).toContain('# Shop\n\nAll about the shop.');
    expect(text).toContain('## Orders (lines 5-85)');
    expect(text).toContain('## Returns (lines 87-167)');
  });

  test('keeps what the query asks for, and the listing that a colon announces', () => {
    const lines = [
      '# Shop',
      '',
      ...filler(30),
      '## Install',
      '',
      ...filler(20),
      'To warm the cache, run:',
      '',
      '```sh',
      'shop warm --all',
      '```',
      '',
      ...filler(30),
    ];
    expect(select(lines, 'How do I warm the cache?').text).toContain(
      'To warm the cache, run:\n\n```sh\nshop warm --all\n```',
    );
  });

  test('keeps the newest entry of a change log, and the one that is asked for', () => {
    const entries = Array.from({ length: 40 }, (_, index) => [
      `2.${39 - index}.0`,
      '======',
      '',
      `* api: change number ${index} of the api`,
      `* docs: change number ${index} of the docs`,
      '',
    ]);
    const lines = ['=========', 'CHANGELOG', '=========', '', ...entries.flat()];
    const { text } = select(lines, 'What changed in 2.17.0?');
    expect(text).toContain('* api: change number 0 of the api');
    expect(text).toContain('* docs: change number 22 of the docs');
    expect(text).not.toContain('change number 35 of the docs');
  });

  test('keeps the sentences of a long paragraph that answer', () => {
    const long = Array.from(
      { length: 60 },
      (_, index) => `Sentence ${'abcdefghij'[index % 10]} speaks of nothing in particular.`,
    );
    long[30] = 'The warranty lasts for 26 months.';
    const { text } = select(
      ['# Shop', '', ...filler(60), long.join(' '), '', ...filler(20)],
      'How long does the warranty last?',
    );
    expect(text).toContain('The warranty lasts for 26 months.');
    expect(text).not.toContain(long.join(' '));
    expect(text).toMatch(/\[\.\.\.\].*The warranty|The warranty.*\[\.\.\.\]/);
  });

  test('keeps a row under the head of its table', () => {
    const rows = Array.from({ length: 80 }, (_, index) => `| item${index} | ${index * 7} |`);
    const { text } = select(
      ['# Shop', '', ...filler(60), '| Name | Count |', '|---|---|', ...rows],
      'What is the count of item61?',
    );
    expect(text).toContain('| Name | Count |\n|---|---|');
    expect(text).toContain('| item61 | 427 |');
  });

  test('keeps what a report marks as failed', () => {
    const { text } = select(['# Report', '', ...filler(60), '❌ testVersionStrings', '', ...filler(60)]);
    expect(text).toContain('❌ testVersionStrings');
  });

  test('is not worth it in a short document', () => {
    const lines = ['# Shop', '', ...filler(30)];
    const request = { query: '', budgetTokens: 10, count: () => 1, retrievalId: 'abc123' };
    expect(proseSections.select({ kind: 'markdown', text: lines.join('\n'), lines }, request)).toBeUndefined();
  });
});
