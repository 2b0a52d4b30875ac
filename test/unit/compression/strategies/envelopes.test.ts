import { describe, expect, test } from 'vitest';
import { compressText, type CompressedText } from '../../../../src/compression/compress-text.ts';
import { contentId } from '../../../../src/compression/content-id.ts';
import { STRATEGIES } from '../../../../src/compression/strategies/all-strategies.ts';
import { minifiedSource } from '../../../../src/compression/json/minified-source.ts';
import { answerRetrieval } from '../../../../src/retrieval/answer-retrieval.ts';
import { createMemoryStore } from '../../../../src/retrieval/memory-store.ts';
import { loadTokenCounter } from '../../../../src/tokens/count-tokens.ts';

const count = await loadTokenCounter('o200k');

function compress(text: string, extent: 'lossless' | 'recoverable' = 'lossless', query = ''): CompressedText {
  const fail = (strategy: string, error: unknown): never => {
    throw new Error(`${strategy} failed`, { cause: error });
  };
  return compressText(text, { count, query, extent, limits: { minTokens: 0 }, onFault: fail });
}

/** The lossless form of a text, which decodes to the text. */
function encoded(text: string): string {
  const { lossless } = compress(text);
  if (lossless === undefined) throw new Error('There is no shorter form.');
  const { strategy, form } = lossless.rewriting;
  const decoded = STRATEGIES.find(({ name }) => name === strategy)?.decode(lossless.text, form) ?? '';
  if (isJson(text)) expect(minifiedSource(decoded)).toBe(minifiedSource(text));
  else expect(decoded).toBe(text);
  return lossless.text;
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const orders = Array.from({ length: 6 }, (_, index) => ({
  id: 1030 + index,
  status: index === 4 ? 'failed' : 'paid',
  note: 'to be paid within thirty days of delivery',
}));
const TABLE = [
  'same in every row: note=to be paid within thirty days of delivery',
  'columns: id,status',
  '1030,paid',
  '1031,paid',
  '1032,paid',
  '1033,paid',
  '1034,failed',
  '1035,paid',
];
const requests = (total: number): string[] =>
  Array.from({ length: total }, (_, index) =>
    index === 77
      ? '2024-05-01T10:00:01Z ERROR payments pool timeout after 5000 ms'
      : `2024-05-01T10:00:01Z INFO request ${index} done in ${(index * 37) % 211} ms`,
  );

describe('the lossless form', () => {
  test('of an output in JSON is the output itself, behind what stands round it', () => {
    const stdout = `${'retrying the connection to the database\n'.repeat(8)}gave up\n`;
    expect(encoded(JSON.stringify({ stdout, stderr: '', exit_code: 1 })).split('\n')).toEqual([
      '{"stdout":"<stdout>","stderr":"","exit_code":1}',
      '<stdout>:',
      'retrying the connection to the database',
      '[previous line repeated 7 times more]',
      'gave up',
      '',
    ]);
  });

  test('of a document in a document is a table, however often it was spelled', () => {
    const inner = JSON.stringify({ orders }, undefined, 2);
    const expected = ['<text>:', '{"orders":<table 1>}', '<table 1>: 6 rows', ...TABLE];
    const once = JSON.stringify({ content: [{ type: 'text', text: inner }], isError: false });
    expect(encoded(once).split('\n')).toEqual([
      '{"content":[{"type":"text","text":"<text>"}],"isError":false}',
      ...expected,
    ]);
    expect(
      encoded(JSON.stringify(JSON.stringify(inner)))
        .split('\n')
        .slice(-expected.length),
    ).toEqual(expected);
  });

  test('of a result that is said as a text and as an object says it once', () => {
    const result = { orders };
    const text = JSON.stringify({
      content: [{ type: 'text', text: JSON.stringify(result) }],
      structuredContent: result,
    });
    expect(encoded(text).split('\n').slice(0, 3)).toEqual([
      '{"content":[{"type":"text","text":"<text>"}],"structuredContent":"<text, as JSON>"}',
      '<text>:',
      '{"orders":<table 1>}',
    ]);
  });

  test('of a text that is said twice says it once', () => {
    const log = requests(40).join('\n');
    const text = JSON.stringify({ content: [{ type: 'text', text: log }], structuredContent: { result: log } });
    expect(encoded(text).split('\n').slice(0, 2)).toEqual([
      '{"content":[{"type":"text","text":"<text>"}],"structuredContent":{"result":"<text>"}}',
      '<text>:',
    ]);
  });

  test.each([undefined, 2, 4])('of a document that breaks off is that of what is whole, indented by %s', (indent) => {
    const document = JSON.stringify({ total: 300, orders: [...orders, ...orders, ...orders] }, undefined, indent);
    const text = `${document.slice(0, document.lastIndexOf('"status"'))}\n... [truncated]`;
    const form = encoded(text);
    expect(form.split('\n').slice(0, 4)).toEqual([
      '{"total":300,"orders":<table 1>}',
      '<table 1>: 17 rows',
      'same in every row: note=to be paid within thirty days of delivery',
      'columns: id,status',
    ]);
    expect(form).toMatch(/\n1034,failed\n\[the document breaks off here\],[\s{]*"id": ?1035,\s*\.\.\. \[truncated\]$/);
  });

  test('of JSON lines is the table of their records', () => {
    const lines = orders.map((order) => JSON.stringify(order));
    expect(encoded(`${lines.join('\n')}\n`).split('\n')).toEqual(['JSON lines:', '6 rows', ...TABLE]);
  });

  test('of JSON lines has but a title more than that of the same records in an array', () => {
    const records = Array.from({ length: 200 }, (_, index) => ({ id: index, level: 'info', ms: (index * 37) % 211 }));
    const lines = compress(records.map((record) => JSON.stringify(record)).join('\n')).lossless;
    const array = compress(JSON.stringify(records)).lossless;
    expect((lines?.tokens ?? Infinity) - (array?.tokens ?? 0)).toBeLessThanOrEqual(4);
  });

  test('of JSON lines that were cut between the two signs of a line end comes back', () => {
    const lines = orders.map((order) => JSON.stringify(order));
    expect(encoded(`${lines.join('\r\n')}\r`)).toContain('\n1034,failed\n');
  });

  test('of JSON lines with words among them keeps the words in their place', () => {
    const lines = ['Starting server', ...orders.map((order) => JSON.stringify(order)), 'Bye'];
    const form = encoded(lines.join('\n')).split('\n');
    expect(form.filter((line) => line.startsWith('=json'))).toEqual(['=json "Starting server"', '=json "Bye"']);
  });

  test('of documents in the strings of records has columns for what they say', () => {
    const events = orders.map((order, index) => ({ time: index, message: `${JSON.stringify(order)}\n` }));
    expect(
      encoded(JSON.stringify({ events, next: null }))
        .split('\n')
        .slice(0, 5),
    ).toEqual([
      'JSON in strings, opened: message',
      '{"events":<table 1>,"next":null}',
      '<table 1>: 6 rows',
      'same in every row: message.note=to be paid within thirty days of delivery',
      'columns: time,message(id,status)',
    ]);
  });

  test('of a response keeps its heads as they are', () => {
    const text = `HTTP/1.1 200 OK\r\nX-Total: 6\r\n\r\n${JSON.stringify(orders, undefined, 4)}`;
    expect(encoded(text)).toBe(`HTTP/1.1 200 OK\r\nX-Total: 6\r\n\r\n${['6 rows', ...TABLE].join('\n')}`);
  });

  test('of files in a row codes each in its own way', () => {
    const csv = ['id,name,day', ...Array.from({ length: 40 }, (_, index) => `${index},u${index},2024-05-01`)].join(
      '\n',
    );
    const json = JSON.stringify(orders, undefined, 2);
    const form = encoded(`==> a.csv <==\n${csv}\n\n==> b.json <==\n${json}\n`);
    expect(form).toContain(
      '\n\n==> b.json <==\n6 rows\nsame in every row: note=to be paid within thirty days of delivery\n',
    );
    expect(form).toContain('same in every row: day=2024-05-01');
  });

  test.each([
    ['of numbers that no number holds', '{"a":12345678901234567890,"b":1.10,"c":-0}'],
    ['of keys that come twice', '{"a":1,"a":2}'],
    ['of escapes', '{"a":"\\u00e9\\/\\ud800"}'],
  ])('keeps the spelling %s in a document in a string', (_what, inner) => {
    const text = JSON.stringify({ stdout: `[${`${inner},`.repeat(20)}${inner}]`, exit_code: 0 });
    expect(encoded(text).length).toBeLessThan(text.length);
  });
});

describe('what is left out of an output in JSON', () => {
  const stdout = requests(300).join('\n');
  const text = JSON.stringify({ content: [{ type: 'text', text: JSON.stringify({ stdout, exit_code: 1 }) }] });
  const selected = compress(text, 'recoverable').selected?.text ?? '';
  const id = contentId(text);

  test('is what its kind would leave out, and how it ended stays', () => {
    expect(selected.split('\n').slice(0, 4)).toEqual([
      '{"content":[{"type":"text","text":"<text>"}]}',
      '<text>:',
      '{"stdout":"<stdout>","exit_code":1}',
      '<stdout>:',
    ]);
    expect(selected).toContain('78\t2024-05-01T10:00:01Z ERROR payments pool timeout after 5000 ms');
    expect(selected).toContain('of 300 left out: 290 like');
    expect(selected).toContain(`call headroom_retrieve with id "${id}#text#stdout" and lines "`);
  });

  test('is read in its own lines under the id in the notice', async () => {
    const store = createMemoryStore();
    await store.put(id, text, 's');
    const ask = async (named: string, wish: object = {}): Promise<string> =>
      (await answerRetrieval({ id: named, ...wish }, { store, scope: 's' })).text;
    expect(await ask(`${id}#text#stdout`, { lines: '5-6' })).toBe(
      `[lines 5-6 of 300]\n${requests(300).slice(4, 6).join('\n')}`,
    );
    expect(await ask(`${id}#text#stdout`, { query: 'timeout' })).toContain('78: 2024-05-01T10:00:01Z ERROR');
    expect(await ask(id)).toBe(text);
    expect(await ask(`${id}#other`)).toBe(`The original has no such part. The ids of its parts are "${id}#text".`);
  });

  test('leaves as much as of the output alone, and the few words round it', () => {
    const alone = compress(stdout, 'recoverable').selected?.tokens ?? 0;
    const inJson = compress(JSON.stringify({ stdout, exit_code: 1 }), 'recoverable').selected?.tokens ?? Infinity;
    expect(inJson - alone).toBeLessThanOrEqual(20);
  });
});

describe('what is left out of many documents', () => {
  const records = Array.from({ length: 200 }, (_, index) => ({
    id: index + 1,
    level: index === 120 ? 'error' : 'info',
    msg: index === 120 ? 'connection refused' : `request ${index} done`,
  }));
  const shapes: readonly (readonly [string, string])[] = [
    ['lines', records.map((record) => JSON.stringify(record)).join('\n')],
    ['lines behind a name', records.map((record) => `api-1  | ${JSON.stringify(record)}`).join('\n')],
    ['arrays', [records.slice(0, 90), records.slice(90)].map((part) => JSON.stringify(part, undefined, 2)).join('\n')],
    ['events', records.map((record) => `event: log\ndata: ${JSON.stringify(record)}`).join('\n\n')],
    ['strings', JSON.stringify({ events: records.map((record) => ({ time: 1, message: JSON.stringify(record) })) })],
  ];

  test.each(shapes)('keeps the failures, and numbers rows as retrieval does: %s', async (_what, text) => {
    const shown = compress(text, 'recoverable').selected?.text ?? '';
    expect(shown).toMatch(/^121,.*connection refused/m);
    expect(shown).toContain('of 200 rows left out');
    const store = createMemoryStore();
    await store.put('id', text, 's');
    const { text: answer } = await answerRetrieval({ id: 'id', rows: '121' }, { store, scope: 's' });
    expect(answer).toMatch(/^\[rows 121 of 200\]\n/);
    expect(answer).toContain('connection refused');
    expect(answer.match(/connection refused|request \d+ done/g)).toHaveLength(1);
  });
});
