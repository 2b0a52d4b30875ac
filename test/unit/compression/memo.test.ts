import { describe, expect, test } from 'vitest';
import { Memo } from '../../../src/compression/memo.ts';

const value = (name: string) => ({ name, sizeChars: 10 });

describe('the memo', () => {
  test('computes once for one text and setting', () => {
    const memo = new Memo<ReturnType<typeof value>>();
    let computed = 0;
    const compute = () => value(`${++computed}`);
    memo.getOrCompute('text', 'a', compute);
    memo.getOrCompute('text', 'a', compute);
    memo.getOrCompute('text', 'b', compute);
    memo.getOrCompute('other', 'a', compute);
    expect(computed).toBe(3);
  });

  test('forgets what was used longest ago when it holds too much', () => {
    const memo = new Memo<ReturnType<typeof value>>(100);
    const computed: string[] = [];
    const ask = (text: string) =>
      memo.getOrCompute(text, 's', () => {
        computed.push(text);
        return value(text);
      });
    const texts = ['a', 'b', 'c'].map((letter) => letter.repeat(20));
    for (const text of texts) ask(text);
    ask(texts[0] ?? '');
    ask('d'.repeat(20));
    ask(texts[0] ?? '');
    ask(texts[1] ?? '');
    expect(computed).toEqual([...texts, 'd'.repeat(20), texts[1]]);
  });

  test('holds nothing of a text that is larger than it may be, and still answers', () => {
    const memo = new Memo<ReturnType<typeof value>>(10);
    expect(memo.getOrCompute('x'.repeat(50), 's', () => value('big')).name).toBe('big');
    expect(memo.getOrCompute('x'.repeat(50), 's', () => value('again')).name).toBe('again');
  });
});
