import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spliceValues } from '../../../../src/adapters/fetch/splice-values.ts';
import { quickestGrowth, type Growth } from '../../../property/processor-time.ts';

describe('spliceValues', () => {
  it('writes what changed and leaves every other character', () => {
    const text =
      '{ "n": 1.0e3, "messages" :[\n {"role":"tool","content":"old \\u00e9"} , {"a":1} ], "b": 12345678901234567890 }';
    const { messages } = JSON.parse(text) as { messages: readonly object[] };
    const after = [{ ...messages[0], content: 'new\n"text"' }, messages[1]];
    expect(spliceValues(text, ['messages'], messages, after)).toBe(
      text.replace('"old \\u00e9"', JSON.stringify('new\n"text"')),
    );
  });

  it('of a key that comes twice changes the one that is read', () => {
    const text = '{"messages":[{"content":"first"}],"messages":[{"content":"second","content":"third"}]}';
    const { messages } = JSON.parse(text) as { messages: readonly object[] };
    expect(spliceValues(text, ['messages'], messages, [{ content: 'new' }])).toBe(text.replace('"third"', '"new"'));
  });

  it('finds keys whatever their spelling and name', () => {
    const text = '{"m\\u0065ssages":[{"__proto__":"a","10":"b","2":"c"}]}';
    const { messages } = JSON.parse(text) as { messages: readonly Record<string, string>[] };
    const [first = {}] = messages;
    const after = [Object.fromEntries(Object.entries(first).map(([key, value]) => [key, `new ${value}`]))];
    const spliced = spliceValues(text, ['messages'], messages, after);
    expect(spliced).toBe('{"m\\u0065ssages":[{"__proto__":"new a","10":"new b","2":"new c"}]}');
  });

  it('gives the text of the changed value, whatever stands around it', () => {
    const json = fc.jsonValue({ maxDepth: 4 });
    fc.assert(
      fc.property(
        fc.array(json, { size: 'medium' }),
        json,
        fc.nat(),
        fc.constantFrom(undefined, 1, '\t'),
        (items, value, at, indent) => {
          fc.pre(items.length > 0);
          const body = { before: items, messages: items, after: value };
          const text = JSON.stringify(body, undefined, indent);
          const { messages: parsed } = JSON.parse(text) as { messages: readonly unknown[] };
          const after = parsed.with(at % parsed.length, 'new');
          const spliced = spliceValues(text, ['messages'], parsed, after);
          expect(JSON.parse(spliced)).toEqual(JSON.parse(JSON.stringify({ ...body, messages: after })));
          expect(spliceValues(text, ['messages'], parsed, parsed)).toBe(text);
        },
      ),
    );
  });

  it('throws where the text is another than what was read from it', () => {
    expect(() => spliceValues('{"messages":1}', ['messages'], ['a'], ['b'])).toThrow('does not hold');
    expect(() => spliceValues('{}', ['messages'], ['a'], ['b'])).toThrow('does not hold');
    expect(() => spliceValues('{"messages":["a"', ['messages'], ['a'], ['b'])).toThrow('ends before');
  });

  it('takes time in line with the text', async () => {
    const splicing = (count: number): (() => string) => {
      const text = JSON.stringify({ messages: Array.from({ length: count }, () => ({ a: 'x'.repeat(100) })) });
      const { messages } = JSON.parse(text) as { messages: readonly unknown[] };
      return () => spliceValues(text, ['messages'], messages, messages.with(count - 1, 'new'));
    };
    const isAllowed = ({ smallMs, largeMs }: Growth): boolean => largeMs < 12 * smallMs + 5;
    const growth = await quickestGrowth(splicing(20_000), splicing(160_000), { turns: 8, isAllowed });
    expect(growth).toSatisfy(isAllowed);
  });
});
