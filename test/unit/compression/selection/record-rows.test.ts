import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../../src/compression/json/parse-json.ts';
import { recordRows } from '../../../../src/compression/selection/record-rows.ts';
import type { Selected, SelectionRequest } from '../../../../src/compression/strategy.ts';

function select(value: unknown, request: Partial<SelectionRequest> = {}): Selected | undefined {
  const text = JSON.stringify(value);
  const json = parseJson(text);
  if (json === undefined) throw new Error('The test needs JSON.');
  const defaults = {
    query: '',
    budgetTokens: 300,
    count: (counted: string) => counted.length / 4,
    retrievalId: undefined,
  };
  return recordRows.select({ kind: 'json', text, json }, { ...defaults, ...request });
}

/** Row numbers that are shown, from the line of columns on. */
function shownRows(selected: Selected | undefined): readonly number[] {
  const lines = selected?.text.split('\n') ?? [];
  const start = lines.findIndex((line) => line.startsWith('columns: row'));
  return lines.slice(start + 1, -1).map((line) => Number.parseInt(line, 10));
}

interface Request {
  readonly id: number;
  readonly path: string;
  readonly status: string;
  readonly error: string | null;
  readonly failed: number;
  readonly error_rate: number;
  readonly latency_ms: number;
}

function requests(count: number, change: (request: Request) => Partial<Request> = () => ({})): readonly Request[] {
  return Array.from({ length: count }, (_row, index) => {
    const request = {
      id: 7_000 + index * 3,
      path: `/orders/${(index * 37) % 91}`,
      status: 'done',
      error: null,
      failed: 0,
      error_rate: ((index * 13) % 10) / 1000,
      latency_ms: 20 + ((index * 7) % 12),
    };
    return { ...request, ...change(request) };
  });
}

describe('record-rows', () => {
  it('shows rows with their numbers and says what is true of the others', () => {
    const selected = select(
      requests(200, ({ id }) => (id === 7_300 ? { status: 'failed', error: 'card was declined' } : {})),
      { budgetTokens: 150, retrievalId: 'abc' },
    );
    const lines = selected?.text.split('\n') ?? [];
    expect(lines[0]).toMatch(/^\d+ of 200 rows, each with its number$/);
    expect(selected?.text).toContain('columns: row,id,path');
    expect(selected?.text).toMatch(/^101,7300,.*failed,card was declined/m);
    expect(lines.at(-1)).toMatch(/rows left out|of 200 left out|of 200 rows left out/);
    expect(lines.at(-1)).toContain('headroom_retrieve with id "abc"');
    expect(selected?.total).toBe(200);
  });

  it('keeps forty failures that differ, whatever the budget', () => {
    const words = 'amber birch cedar delta ember fjord glade heron'.split(' ');
    const selected = select(
      requests(600, ({ id }) => {
        const place = (id - 7_000) / 3;
        if (place % 15 !== 4) return {};
        const index = (place - 4) / 15;
        return { error: `${words[index % 8] ?? ''} ${words[Math.floor(index / 8)] ?? ''} service refused` };
      }),
      { budgetTokens: 10 },
    );
    const rows = shownRows(selected);
    for (let index = 0; index < 40; index++) expect(rows).toContain(index * 15 + 5);
  });

  it('shows one of many failures that are alike', () => {
    const selected = select(
      requests(400, ({ id }) => (id % 2 === 0 ? { error: `timeout after ${id} ms on node-${id % 7}` } : {})),
      { budgetTokens: 10 },
    );
    expect(shownRows(selected).length).toBeLessThan(15);
  });

  it('takes no null error, no count of zero and no rate for a failure', () => {
    const selected = select(requests(400), { budgetTokens: 10 });
    expect(shownRows(selected)).toEqual([1, 400]);
  });

  it('finds failures that are nested, and those that only a message tells', () => {
    const rows = requests(300).map((request, index) => ({
      ...request,
      detail: { steps: [{ name: 'charge', exception: index === 120 ? 'IllegalState' : null }] },
      message: index === 200 ? 'upstream connection refused' : `handled ${index} without errors`,
    }));
    const shown = shownRows(select(rows, { budgetTokens: 10 }));
    expect(shown).toContain(121);
    expect(shown).toContain(201);
    expect(shown.length).toBeLessThan(6);
  });

  it('keeps the rows that a question in plain words asks for', () => {
    const rows = Array.from({ length: 300 }, (_row, index) => ({
      id: index,
      title: index === 211 ? 'Refund policies for damaged parcels' : `Delivery note number ${(index * 17) % 300}`,
      owner: `team-${index % 9}`,
    }));
    const query = 'What do our documents say about refunds of a damaged parcel? {"limit":300}';
    expect(shownRows(select(rows, { query, budgetTokens: 200 }))).toContain(212);
  });

  it('keeps the rows with an identifier, a quoted text or a number of the question', () => {
    const rows = Array.from({ length: 300 }, (_row, index) => ({
      uuid: `9f1c-${(index * 7919).toString(16)}-aa`,
      label: `batch ${(index * 31) % 300} of the night`,
      total: 40_000 + index * 13,
    }));
    const query = `Compare 9f1c-${(50 * 7919).toString(16)}-aa with "batch ${(90 * 31) % 300} of the night" and the one of ${40_000 + 70 * 13}`;
    expect(shownRows(select(rows, { query, budgetTokens: 250 }))).toEqual(expect.arrayContaining([51, 71, 91]));
  });

  it('keeps outliers, both sides of a change, and one of each rare category', () => {
    const rows = Array.from({ length: 300 }, (_row, index) => ({
      load: (index < 150 ? 20 : 60) + ((index * 7) % 5),
      wait: index === 77 ? 9_000 : 30 + ((index * 11) % 6),
      region: index === 222 ? 'south' : index % 2 === 0 ? 'north' : 'east',
    }));
    const shown = shownRows(select(rows, { budgetTokens: 400 }));
    expect(shown).toEqual(expect.arrayContaining([78, 150, 151, 223]));
  });

  it('keeps the largest and smallest value of a column that the question names', () => {
    const rows = Array.from({ length: 300 }, (_row, index) => ({
      name: `shop ${(index * 17) % 300}`,
      revenue: 500 + ((index * 7919) % 3001),
      staff: 3 + (index % 17),
    }));
    const largest = rows.reduce((best, row, index) => (row.revenue > (rows[best]?.revenue ?? 0) ? index : best), 0);
    const shown = shownRows(select(rows, { query: 'Which shop has the highest revenue?', budgetTokens: 250 }));
    expect(shown).toContain(largest + 1);
  });

  it('names the list and leaves the rest of the document whole', () => {
    const document = {
      page: 1,
      result: { items: requests(100) },
      related: [
        { name: 'one', score: 1 },
        { name: 'two', score: 2 },
      ],
    };
    const lines = select(document, { budgetTokens: 200 })?.text.split('\n') ?? [];
    expect(lines[0]).toMatch(/^\{"page":1,"result":\{"items":<table 1>\},"related":/);
    expect(lines[1]).toMatch(/^<table 1>: \d+ of 100 rows of result\.items, each with its number$/);
    expect(lines.at(-1)).toContain('left out');
  });

  it('leaves out of lists of texts and numbers too', () => {
    const numbers = Array.from({ length: 400 }, (_row, index) => (index === 333 ? 5_000 : 40 + (index % 5)));
    const selected = select(numbers, { budgetTokens: 200 });
    expect(selected?.text).toContain('columns: row,value');
    expect(selected?.text).toContain('\n334,5000\n');
  });

  it('has nothing to leave out of a few rows, or of what is no list', () => {
    expect(select(requests(7))).toBeUndefined();
    expect(select(requests(20), { budgetTokens: 100_000 })).toBeUndefined();
    expect(select({ a: 1 })).toBeUndefined();
    expect(select('text')).toBeUndefined();
  });
});
