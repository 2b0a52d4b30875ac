import { describe, expect, test } from 'vitest';
import { detect } from '../../../../src/compression/detect.ts';
import { repeatedLines } from '../../../../src/compression/strategies/repeated-lines.ts';

function encode(text: string): string | undefined {
  const content = detect(text);
  if (content.kind === 'json' || content.kind === 'json-lines' || content.kind === 'envelope')
    throw new Error('not made of lines');
  const encoded = repeatedLines.encode(content);
  if (encoded !== undefined) expect(repeatedLines.decode(encoded.text, encoded.form)).toBe(text);
  return encoded?.text;
}

const FRAMES = ['parse', 'visit', 'walk', 'run', 'main'].map((name) => `    at ${name} (/srv/app/src/${name}.js:10:3)`);

const STEPS = ['pack', 'weigh', 'label', 'send'].map((step) => `now ${step} the parcel that belongs to this order`);

describe('repeated lines', () => {
  test('are counted where they follow one another', () => {
    const text = [
      'start',
      ...Array.from({ length: 40 }, () => 'waiting for the database to come up'),
      'ready',
      '',
      '',
      '',
    ].join('\n');
    expect(encode(text)).toBe(
      [
        'start',
        'waiting for the database to come up',
        '[previous line repeated 39 times more]',
        'ready',
        '',
        '',
        '',
      ].join('\n'),
    );
  });

  test('are counted as a group where a group follows itself', () => {
    const round = ['GET the next page of the customers', 'write it to the table of customers'];
    const text = ['begin', ...round, ...round, ...round, ...round, 'end', ''].join('\n');
    expect(encode(text)).toBe(['begin', ...round, '[previous 2 lines repeated 3 times more]', 'end', ''].join('\n'));
  });

  test('are named where a block comes back later', () => {
    const text = ['TypeError: a is undefined', ...FRAMES, 'RangeError: too far', ...FRAMES, ''].join('\n');
    expect(encode(text)).toBe(
      [
        'TypeError: a is undefined',
        '[block 1: these 5 lines]',
        ...FRAMES,
        'RangeError: too far',
        '[block 1 again]',
        '',
      ].join('\n'),
    );
  });

  test('are named within a block that comes again as a whole', () => {
    const pool = [
      '  waiting for a connection of the pool of the ledger',
      '  the pool has four connections, and four are in use',
    ];
    const charge = [
      'charge the card of the customer who ordered',
      ...pool,
      'the card was charged, and the order is paid for',
      ...STEPS,
      'write the receipt of the order into the ledger',
      ...pool,
    ];
    const lines = [...charge, 'next order', ...charge, 'last order', ...pool, 'done', ''];
    const encoded = repeatedLines.encode({ kind: 'log', text: lines.join('\n'), lines });
    expect(encoded?.text).toBe(
      [
        '[block 1: these 11 lines]',
        charge[0],
        '[block 2: these 2 lines]',
        ...pool,
        ...charge.slice(3, -2),
        '[block 2 again]',
        'next order',
        '[block 1 again]',
        'last order',
        '[block 2 again]',
        'done',
        '',
      ].join('\n'),
    );
  });

  test('that look like a marker are told apart from one', () => {
    const text = [
      '[block 1 again]',
      ...Array.from({ length: 30 }, () => 'the same line again and again'),
      '[previous line repeated 9 times more]',
    ].join('\n');
    expect(encode(text)?.split('\n')).toEqual([
      '\\[block 1 again]',
      'the same line again and again',
      '[previous line repeated 29 times more]',
      '\\[previous line repeated 9 times more]',
    ]);
  });

  test('of a log share what they begin with and what they have in common', () => {
    const lines = Array.from(
      { length: 12 },
      (_, index) =>
        `2024-05-01T10:00:0${Math.floor(index / 6)}Z INFO worker-${index} finished job ${index * 17} for customer acme`,
    );
    const short = encode(lines.join('\n'));
    expect(short?.split('\n').slice(1)).toEqual([
      'A = <*> finished job <*> for customer acme',
      '',
      '# 2024-05-01T10:00:00Z INFO ',
      ...[0, 1, 2, 3, 4, 5].map((index) => `A worker-${index} ${index * 17}`),
      '# 2024-05-01T10:00:01Z INFO ',
      ...[6, 7, 8, 9, 10, 11].map((index) => `A worker-${index} ${index * 17}`),
    ]);
  });

  test('decode with carriage returns, with and without a last newline', () => {
    for (const end of ['', '\r\n', '\n', '\r']) {
      const text =
        Array.from(
          { length: 30 },
          (_, index) => `2024-05-01 10:00:00 WARN queue ${index} is full, dropping message`,
        ).join('\r\n') + end;
      expect(encode(text)?.length).toBeLessThan(text.length / 2);
    }
  });

  test('of code and prose are not turned into templates', () => {
    const code = Array.from(
      { length: 30 },
      (_, index) => `  const value${index} = readValue(${index}, options.value${index});`,
    ).join('\n');
    expect(encode(code)).toBeUndefined();
  });

  test('are left alone where nothing repeats', () => {
    expect(encode('one\ntwo\nthree\nfour\nfive\nsix\nseven\n')).toBeUndefined();
  });
});
