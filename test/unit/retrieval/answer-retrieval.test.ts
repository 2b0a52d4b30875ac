import { describe, expect, it } from 'vitest';
import { answerRetrieval, type RetrievalAnswer } from '../../../src/retrieval/answer-retrieval.ts';
import { createMemoryStore } from '../../../src/retrieval/memory-store.ts';
import type { RetrievalStore } from '../../../src/retrieval/store.ts';

const lines = Array.from({ length: 100 }, (_, index) => `line ${index + 1}${index === 41 ? ' FATAL disk full' : ''}`);
const LOG = lines.join('\n');
const ROWS = `{"total": 50, "rows": [${Array.from(
  { length: 50 },
  (_, index) => `{"id": ${index + 1}, "price": ${index}.50, "status": "${index === 30 ? 'Failed' : 'ok'}"}`,
).join(', ')}]}`;

async function ask(
  text: string,
  request: Readonly<Record<string, unknown>> = {},
  maxCharacters?: number,
): Promise<RetrievalAnswer> {
  const store = createMemoryStore();
  await store.put('id1', text, 's');
  return answerRetrieval({ id: 'id1', ...request }, { store, scope: 's', maxCharacters });
}

async function textOf(
  text: string,
  request?: Readonly<Record<string, unknown>>,
  maxCharacters?: number,
): Promise<string> {
  const answer = await ask(text, request, maxCharacters);
  expect(answer.outcome).toBe('found');
  return answer.text;
}

describe('answerRetrieval', () => {
  it.each(['', 'a\r\nb\n', LOG, ROWS, '\ud800', '{"a": 1.0}'])(
    'gives the original as it is when asked for it',
    async (text) => {
      expect(await textOf(text)).toBe(text);
    },
  );

  describe('lines', () => {
    it('are those of the original, said which', async () => {
      expect(await textOf(LOG, { lines: '3-4' })).toBe('[lines 3-4 of 100]\nline 3\nline 4');
      expect(await textOf(LOG, { lines: '1, 99-' })).toBe(
        '[lines 1 of 100]\nline 1\n[lines 99-100 of 100]\nline 99\nline 100',
      );
    });

    it('keep their carriage returns, and a last line break leaves an empty last line', async () => {
      expect(await textOf('a\r\nb\r\n', { lines: '1-3' })).toBe('[lines 1-3 of 3]\na\r\nb\r\n');
    });

    it('are those of the source of a JSON document too', async () => {
      expect(await textOf('[\n{"a": 1},\n{"a": 2}\n]', { lines: '2' })).toBe('[lines 2 of 4]\n{"a": 1},');
    });

    it.each([
      ['a number', 3],
      ['a list', ['3']],
      ['a list of numbers', [3]],
    ])('may be asked for as %s', async (_what, wanted) => {
      expect(await textOf(LOG, { lines: wanted })).toBe('[lines 3 of 100]\nline 3');
    });
  });

  describe('rows', () => {
    it('are the source of the rows of a JSON document, with no number rewritten', async () => {
      expect(await textOf(ROWS, { rows: '2-3' })).toBe(
        '[rows 2-3 of 50]\n[{"id": 2, "price": 1.50, "status": "ok"},\n{"id": 3, "price": 2.50, "status": "ok"}]',
      );
      expect(await textOf('[1.0, 12345678901234567890]', { rows: '1-2' })).toBe(
        '[rows 1-2 of 2]\n[1.0,\n12345678901234567890]',
      );
    });

    it('of a text that has none are its lines, and the answer says so', async () => {
      expect(await textOf(LOG, { rows: '7' })).toBe(
        '[This text has no rows, it is counted in lines. There are lines 1-100.]\n[lines 7 of 100]\nline 7',
      );
    });
  });

  describe('ranges that are not there', () => {
    it('are answered with those that are, and with the text', async () => {
      const outside = await textOf(ROWS, { rows: '600-700' });
      expect(outside).toContain('There are rows 1-50.');
      expect(outside).toContain('"status": "Failed"');
      const malformed = await textOf(LOG, { lines: 'the end' });
      expect(malformed).toContain('Ranges are written like "12-480" or "3, 12-20". There are lines 1-100.');
      expect(malformed).toContain(LOG);
    });

    it('do not bring back all of a large original', async () => {
      const answer = await textOf('0123456789\n'.repeat(100_000), { lines: '200000' });
      expect(answer.length).toBeLessThan(25_000);
      expect(answer).toContain('There are lines 1-100001.');
      expect(answer).toMatch(/To go on, ask with lines "\d+-100001"/);
    });

    it('partly there are answered with the part that is', async () => {
      expect(await textOf(LOG, { lines: '99-300' })).toBe('[lines 99-100 of 100]\nline 99\nline 100');
    });
  });

  describe('a query', () => {
    it('brings the lines that hold every word, with their numbers, case ignored', async () => {
      expect(await textOf(LOG, { query: 'DISK fatal' })).toBe(
        '[1 of 100 lines hold every word, each with its number.]\n42: line 42 FATAL disk full',
      );
    });

    it('brings rows where there are rows', async () => {
      expect(await textOf(ROWS, { query: 'failed' })).toBe(
        '[1 of 50 rows hold every word, each with its number.]\n31: {"id": 31, "price": 30.50, "status": "Failed"}',
      );
    });

    it('brings what holds some of the words when nothing holds all', async () => {
      expect(await textOf(LOG, { query: 'fatal payment' })).toBe(
        '[1 of 100 lines hold some of the words, each with its number.]\n42: line 42 FATAL disk full',
      );
    });

    it('looks within the ranges that are given with it', async () => {
      expect(await textOf(LOG, { query: '4', lines: '1-14' })).toBe(
        '[2 of 100 lines hold every word, each with its number.]\n4: line 4\n14: line 14',
      );
    });

    it('that nothing matches brings the text, and says that no word is in it', async () => {
      const answer = await textOf(LOG, { query: 'unicorn' });
      expect(answer).toContain('None of the words is in these lines');
      expect(answer).toContain(LOG);
    });

    it('that matches more than fits says where to go on', async () => {
      const answer = await textOf(LOG, { query: 'line' }, 55);
      expect(answer).toBe(
        [
          '[100 of 100 lines hold every word, each with its number.]',
          ...[1, 2, 3, 4, 5].map((number) => `${number}: line ${number}`),
          '[There are more. To go on, ask with the same query and lines "6-100".]',
        ].join('\n'),
      );
      const next = await textOf(LOG, { query: 'line', lines: '6-8, 20' }, 20);
      expect(next).toContain('6: line 6\n7: line 7\n[There are more.');
      expect(next).toContain('lines "8, 20"');
    });
  });

  describe('an original that is longer than an answer may be', () => {
    it('can be read to its end by asking as the answers say', async () => {
      const read: string[] = [];
      let request: Readonly<Record<string, string>> = {};
      for (let count = 0; count < 50; count += 1) {
        const answer = await textOf(LOG, request, 100);
        read.push(...answer.split('\n').filter((line) => line.startsWith('line ')));
        const rest = /ask with lines "([^"]+)"/.exec(answer)?.[1];
        if (rest === undefined) break;
        request = { lines: rest };
      }
      expect(read).toEqual(lines);
    });

    it('is given at least one row or line at a time, however long', async () => {
      const row = `{"text": "${'x'.repeat(500)}"}`;
      const answer = await textOf(`[${row},${row}]`, { rows: '2' }, 100);
      expect(answer).toBe(`[rows 2 of 2]\n[${row}]`);
    });

    it('goes on over several ranges', async () => {
      const answer = await textOf(LOG, { lines: '1-3, 50-60, 90' }, 40);
      expect(answer).toContain('ask with lines "52-60, 90"');
    });
  });

  describe('an original that can not be had', () => {
    it.each([
      ['unknown', { status: 'unknown' as const }, 'There is no original with id "id1"'],
      ['expired', { status: 'expired' as const }, 'has expired'],
    ])('gets a final answer when it is %s', async (outcome, stored, says) => {
      const store: RetrievalStore = { put: async () => {}, delete: async () => {}, get: async () => stored };
      const answer = await answerRetrieval({ id: 'id1' }, { store, scope: 's' });
      expect(answer.outcome).toBe(outcome);
      expect(answer.text).toContain(says);
      expect(answer.text).toContain('Do not ask again with this id.');
    });

    it.each([
      [
        'throws',
        () => {
          throw new Error('secret host is down');
        },
      ],
      ['rejects', () => Promise.reject(new Error('secret host is down'))],
      ['answers nothing', async () => undefined as never],
      ['answers with no text', async () => ({ status: 'found', text: undefined }) as never],
    ])('gets a final answer when the store %s, and the error is told', async (_how, get) => {
      const store: RetrievalStore = { put: async () => {}, delete: async () => {}, get };
      const errors: unknown[] = [];
      const onError = (error: unknown): void => {
        errors.push(error);
        throw new Error('and that fails too');
      };
      const answer = await answerRetrieval({ id: 'id1' }, { store, scope: 's', onError });
      expect(answer.outcome).toBe('failed');
      expect(answer.text).toContain('Do not ask again with this id.');
      expect(answer.text).not.toContain('secret');
      expect(errors).toHaveLength(1);
    });

    it.each([undefined, null, 'id1', 7, [], {}, { id: '' }, { id: {} }, { id: null }])(
      'gets an answer that says what is missing when the request is %j',
      async (request) => {
        const answer = await answerRetrieval(request as never, { store: createMemoryStore(), scope: 's' });
        expect(answer).toEqual({
          outcome: 'unknown',
          text: 'Nothing was looked up: "id" has to be the id given in a notice.',
        });
      },
    );

    it('repeats no more of an id than an id is long', async () => {
      const answer = await answerRetrieval({ id: 'x'.repeat(10_000) }, { store: createMemoryStore(), scope: 's' });
      expect(answer.text.length).toBeLessThan(400);
    });
  });
});
