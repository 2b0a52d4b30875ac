import { describe, expect, test } from 'vitest';
import { recogniseTable } from '../../../../src/compression/detect-table.ts';
import { tableRows } from '../../../../src/compression/selection/table-rows.ts';
import { estimateTokens } from '../../../../src/compression/strategies/lines/estimate-tokens.ts';

function select(lines: readonly string[], query: string, budgetTokens = 400): readonly string[] {
  const content = recogniseTable(lines.join('\n'));
  if (content === undefined) throw new Error('no table');
  const request = { query, budgetTokens, count: estimateTokens, retrievalId: 'the-id' };
  return (tableRows.select(content, request)?.text ?? '').split('\n');
}

const PODS = [
  'NAME        READY   STATUS             RESTARTS   AGE',
  ...Array.from({ length: 200 }, (_none, pod) => {
    const name = `web-${1000 + pod}`.padEnd(12);
    const status = (pod === 77 ? 'CrashLoopBackOff' : 'Running').padEnd(19);
    return `${name}1/1     ${status}${String(pod === 140 ? 981 : pod % 3).padEnd(11)}9d`;
  }),
];

describe('rows of tables that stay', () => {
  test('hold the header, the failure, the largest number, and what the question asks for, at their numbers', () => {
    const shown = select(PODS, 'How old is web-1033?');
    expect(shown[1]).toBe(`1\t${PODS[0]}`);
    for (const line of [78, 141, 34]) expect(shown).toContain(`${line + 1}\t${PODS[line]}`);
    expect(shown[0]).toContain('STATUS Running 199, CrashLoopBackOff 1');
    expect(shown[0]).toContain('RESTARTS 0 to 981');
  });

  test('are shorter where bars keep their cells apart', () => {
    const rows = Array.from(
      { length: 60 },
      (_none, row) => ` ${String(row).padEnd(4)} | ${String(row * row).padStart(8)}`,
    );
    const shown = select([' id   |  square  ', '------+----------', ...rows, '(60 rows)'], '');
    expect(shown.slice(1, 4)).toEqual(['1\t id | square', '2\t---+---', '3\t 0 | 0']);
    expect(shown.at(-1)).toBe('63\t(60 rows)');
  });

  test('keep the name of the folder that they were listed under', () => {
    const folder = (name: string, large: number): readonly string[] => [
      `${name}:`,
      'total 99',
      ...Array.from(
        { length: 30 },
        (_none, file) => `-rw-r--r-- 1 root root ${file === large ? 999999 : 100 + file} May  1 10:00 f${file}.ts`,
      ),
      '',
    ];
    const shown = select([...folder('src/a', -1), ...folder('src/b', 12)], 'Which file is the largest?');
    expect(shown).toContain('34\tsrc/b:');
    expect(shown).toContain('48\t-rw-r--r-- 1 root root 999999 May  1 10:00 f12.ts');
  });

  test('leave room for lines around them that tell of failures', () => {
    const noise = Array.from({ length: 80 }, (_none, step) => `step ${step} of the build is done and took ${step} ms`);
    const shown = select([...noise, 'FATAL: disk full', '', ...PODS], '');
    expect(shown.some((line) => line.endsWith('FATAL: disk full'))).toBe(true);
    expect(shown.some((line) => line.includes('CrashLoopBackOff'))).toBe(true);
  });
});
