import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventData } from '../../../../src/adapters/fetch/event-data.ts';

function readAll(pieces: readonly string[]): readonly string[] {
  const data: string[] = [];
  const events = new EventData((one) => data.push(one));
  for (const piece of pieces) events.read(piece);
  return data;
}

describe('EventData', () => {
  it.each(['\n', '\r\n', '\r'])('reads events whose lines end in %j, however they arrive', (end) => {
    const text = [': ping', 'event: one', 'data: {"a":1}', '', 'data:first', 'data:  second', 'id: 7', '', ''].join(
      end,
    );
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 12 }), (cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), text.length];
        const pieces = at.slice(1).map((to, index) => text.slice(at[index], to));
        expect(readAll(pieces)).toEqual(['{"a":1}', 'first\n second']);
      }),
    );
  });

  it('leaves out an event that never ends', () => {
    expect(readAll(['data: 1\n\ndata: 2\n'])).toEqual(['1']);
  });
});
