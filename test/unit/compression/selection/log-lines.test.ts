import { describe, expect, test } from 'vitest';
import type { Selected } from '../../../../src/compression/strategy.ts';
import { logLines } from '../../../../src/compression/selection/log-lines.ts';

const time = (index: number): string =>
  `2024-05-01T10:${String(Math.floor(index / 60)).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}Z`;
const filler = (count: number): string[] =>
  Array.from(
    { length: count },
    (_, index) => `${time(index)} INFO worker-${index % 7} finished job ${index} in ${index % 90} ms`,
  );

function select(lines: readonly string[], query = '', budgetTokens = 300): Selected {
  const text = lines.join('\n');
  const selected = logLines.select(
    { kind: 'log', text, lines },
    { query, budgetTokens, count: (part) => part.length / 4, retrievalId: 'abc123' },
  );
  if (selected === undefined) throw new Error('nothing was left out');
  return selected;
}

/** The numbers of the lines that stayed. */
const numbers = ({ text }: Selected): number[] => [...text.matchAll(/^(\d+)\t/gm)].map((match) => Number(match[1]));

describe('lines left out of a log', () => {
  test('are named in one notice at the head, with the id, and the others carry their numbers', () => {
    const lines = [...filler(40), `${time(40)} ERROR payment 7731 declined`, ...filler(40), ''];
    const selected = select(lines, '', 60);
    expect(selected.text.split('\n')[0]).toMatch(
      /^\[.* of 81 .*left out: \d+ like "<\*> INFO <\*> finished job <\*> in <\*> ms".* call headroom_retrieve with id "abc123" and lines "\d+-\d+"\.\]$/,
    );
    expect(selected.text).toContain(`\n41\t${lines[40]}\n`);
    expect(selected).toMatchObject({ unit: 'lines', total: 81 });
    expect(numbers(selected).slice(0, 2)).toEqual([1, 2]);
    expect(numbers(selected).at(-1)).toBe(81);
  });

  test('never hold one of forty distinct failures', () => {
    const nouns =
      'disk cable router switch oven piano violin tram bus kettle lamp door window roof garden bridge'.split(' ');
    const failures = Array.from(
      { length: 40 },
      (_, index) => `${time(index)} ERROR the ${nouns[index % 16]} of ${nouns[Math.floor(index / 16)]} is gone`,
    );
    const lines = filler(400);
    for (const [index, failure] of failures.entries()) lines.splice(index * 11, 0, failure);
    const { text } = select(lines, '', 50);
    for (const failure of failures) expect(text).toContain(failure);
  });

  test('are counted beside the one failure that stands for them', () => {
    const lines = filler(60);
    for (const at of [10, 30, 50]) lines[at] = `${time(at)} ERROR upstream 10.0.0.${at} refused the connection`;
    const { text } = select(lines);
    expect(text).toContain(
      '11\t2024-05-01T10:00:10Z ERROR upstream 10.0.0.10 refused the connection\n[2 more like line 11, the last on line 51]',
    );
  });

  test('can speak of errors that are none', () => {
    const lines = filler(60);
    lines[20] = 'INFO round 20 done: errors=0 failed: 0 error_rate=0.00';
    lines[30] = 'INFO round 30 done: errors=0 failed: 0 error_rate=0.00';
    lines[40] = 'INFO round 40 done: errors=3 failed: 0 error_rate=0.02';
    const kept = numbers(select(lines, '', 1));
    expect(kept).toContain(41);
    expect(kept).not.toContain(21);
    expect(kept).not.toContain(31);
  });

  test('are not those that the query asks for', () => {
    const lines = filler(300);
    lines[120] = `${time(120)} INFO Accepted password for ana from 10.1.2.3 port 50022`;
    lines[200] = `${time(200)} INFO cache warmed for tenant acme-eu`;
    expect(numbers(select(lines, 'Which login was accepted for ana?', 1))).toContain(121);
    expect(numbers(select(lines, '{"pattern":"acme-eu"}', 1))).toContain(201);
    expect(numbers(select(lines, 'When did job 257 finish?', 1))).toContain(258);
  });

  test('are not sums, rare lines, or the ends of the stack of a failure', () => {
    const frames = Array.from({ length: 30 }, (_, index) => `    at step${index} (/srv/app/src/steps.js:${index}:3)`);
    const lines = [
      ...filler(50),
      'TypeError: x is not a function',
      ...frames,
      ...filler(50),
      'leader changed to node b',
      ...filler(50),
      'Tests: 3 failed, 120 passed, 123 total',
      ...filler(5),
    ];
    const { text } = select(lines);
    for (const line of [
      frames[0],
      frames[1],
      frames[29],
      'leader changed to node b',
      'Tests: 3 failed, 120 passed, 123 total',
    ])
      expect(text).toContain(`\t${line}`);
    expect(text).not.toContain('at step15 ');
  });

  test('are not worth it in a short log', () => {
    const lines = filler(20);
    const request = { query: '', budgetTokens: 10, count: () => 1, retrievalId: 'abc123' };
    expect(logLines.select({ kind: 'log', text: lines.join('\n'), lines }, request)).toBeUndefined();
  });

  test('take time in proportion to a hostile log', () => {
    const lines = [
      ...filler(30),
      ...Array.from({ length: 40 }, () => 'a.'.repeat(50_000)),
      'error '.repeat(20_000),
      '('.repeat(100_000),
    ];
    const start = performance.now();
    select(lines, `what about ${'a.'.repeat(4_000)} "${'b'.repeat(300)}`);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
