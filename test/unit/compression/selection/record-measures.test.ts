import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../../src/compression/json/parse-json.ts';
import { recordRows } from '../../../../src/compression/selection/record-rows.ts';
import { superlativeOf } from '../../../../src/compression/selection/superlative.ts';

const orders = Array.from({ length: 60 }, (_order, index) => ({
  order: `#${1_000 + index}`,
  customer: `customer-${index % 7}`,
  placedAt: new Date(Date.UTC(2026, 0, 1 + ((index * 17) % 59))).toISOString(),
  items: Array.from({ length: 2 + (index === 31 ? 6 : index % 3) }, (_item, at) => ({
    sku: `sku-${index}-${at}`,
    price: index === 23 ? 900 + at : 20 + ((index * 7 + at) % 50),
  })),
  cards: { [`gift_card_${index}`]: { balance: index === 41 ? 999 : index % 90 } },
  weightKilograms: index === 47 ? 0.1 : 2 + (index % 5),
}));

function rowsFor(query: string, rows: readonly unknown[] = orders): string {
  const text = JSON.stringify(rows);
  const json = parseJson(text);
  if (json === undefined) throw new Error('Not JSON.');
  const request = { query, budgetTokens: 400, count: (counted: string) => counted.length / 4, retrievalId: 'id' };
  return recordRows.select({ kind: 'json', text, json }, request)?.text ?? '';
}

describe('a question for an extreme', () => {
  it.each([
    ['Which order has the highest value?', '#1023'],
    ['What was the most expensive order?', '#1023'],
    ['Which order has the most items?', '#1031'],
    ['Who has the largest gift card balance?', '#1041'],
    ['Which parcel has the lowest weight in kilograms?', '#1047'],
    ['Which is the newest order?', `#${1_000 + newest()}`],
    ['most recently placed order', `#${1_000 + newest()}`],
  ])('%s keeps %s', (query, expected) => {
    expect(rowsFor(query)).toContain(expected);
    expect(rowsFor('Hello')).not.toContain(`${expected},`);
  });

  it('is found in any spelling, and not where none stands', () => {
    expect(superlativeOf('CHEAPEST flight?')?.end).toBe('least');
    expect(superlativeOf('{"orderBy":"slowestFirst"}')?.end).toBe('most');
    expect(superlativeOf('Show order 17')).toBeUndefined();
    expect(superlativeOf('the topmost shelf')).toBeUndefined();
  });

  it('is no matter where nothing is measured', () => {
    const names = Array.from({ length: 400 }, (_row, index) => ({ name: `name ${index}` }));
    expect(rowsFor('the highest?', names)).toContain('left out');
  });
});

function newest(): number {
  const times = orders.map(({ placedAt }) => placedAt);
  return times.indexOf(times.toSorted().at(-1) ?? '');
}
