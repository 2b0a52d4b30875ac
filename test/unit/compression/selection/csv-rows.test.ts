import { describe, expect, test } from 'vitest';
import { detect } from '../../../../src/compression/detect.ts';
import { csvRows } from '../../../../src/compression/selection/csv-rows.ts';
import { estimateTokens } from '../../../../src/compression/strategies/lines/estimate-tokens.ts';

const CITIES = ['Bonn', 'Kiel', 'Ulm'];
const DAYS = Array.from({ length: 400 }, (_none, day) => {
  const level = day === 120 ? 'ERROR' : 'ok';
  const wind = day === 250 ? 97.5 : (day * 7) % 20;
  return `${day + 1},${CITIES[day % 3]},${wind},${level},station-${1000 + day}`;
});
const TEXT = ['day,city,wind,state,station', ...DAYS, ''].join('\n');

function select(query: string, budgetTokens = 400): string {
  const content = detect(TEXT);
  if (content.kind !== 'csv') throw new Error(`not CSV but ${content.kind}`);
  const request = { query, budgetTokens, count: estimateTokens, retrievalId: 'the-id' };
  return csvRows.select(content, request)?.text ?? '';
}

describe('rows of CSV that stay', () => {
  test('stand behind the numbers of their lines, the header, the first and the last among them', () => {
    const lines = select('').split('\n').slice(1);
    expect(lines[0]).toBe('1\tday,city,wind,state,station');
    expect(lines[1]).toBe(`2\t${DAYS[0]}`);
    expect(lines.at(-1)).toBe(`401\t${DAYS[399]}`);
    for (const line of lines) {
      const [number, source] = line.split('\t');
      expect(source).toBe(TEXT.split('\n')[Number(number) - 1]);
    }
  });

  test('hold the largest number, the failure, and what the question asks for', () => {
    const text = select('What was the wind at station-1333?');
    expect(text).toContain(DAYS[250]);
    expect(text).toContain(DAYS[120]);
    expect(text).toContain(DAYS[333]);
  });

  test('are announced by what is true of all rows', () => {
    const [title] = select('').split('\n');
    expect(title).toContain('All 400 rows: day 1 to 400; city Bonn 134, Kiel 133, Ulm 133; wind 0 to 97.5, mean');
    expect(title).toContain('state ok 399, ERROR 1');
  });

  test('are all there is where they are few', () => {
    const content = detect('a,b,c\n1,2,3\n4,5,6\n7,8,9\n');
    if (content.kind !== 'csv') throw new Error(`not CSV but ${content.kind}`);
    const request = { query: '', budgetTokens: 10, count: estimateTokens, retrievalId: 'the-id' };
    expect(csvRows.select(content, request)).toBeUndefined();
  });
});
