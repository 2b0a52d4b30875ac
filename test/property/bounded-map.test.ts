import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BoundedMap } from '../../src/bounded-map.ts';
import { propertyRuns } from './property-runs.ts';

const LIMIT = 3;
const keys = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('set' as const), key: keys, value: fc.nat() }),
    fc.record({ kind: fc.constant('take' as const), key: keys }),
    fc.record({ kind: fc.constant('takeAll' as const) }),
  ),
  { maxLength: 60, size: 'max' },
);

test('a bounded map holds what was set last, in that order, and hands over what it drops', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const dropped: number[] = [];
      const map = new BoundedMap<number>(LIMIT, (value) => dropped.push(value));
      let expected: (readonly [key: string, value: number])[] = [];
      const expectedDropped: number[] = [];
      for (const step of list) {
        if (step.kind === 'takeAll') {
          expect(map.takeAll()).toEqual(expected.map(([, value]) => value));
          expected = [];
          continue;
        }
        const known = expected.find(([key]) => key === step.key)?.[1];
        expected = expected.filter(([key]) => key !== step.key);
        if (step.kind === 'take') expect(map.take(step.key)).toBe(known);
        else {
          map.set(step.key, step.value);
          expected.push([step.key, step.value]);
          if (expected.length > LIMIT) expectedDropped.push(expected.shift()?.[1] ?? Number.NaN);
        }
        expect(map.values()).toEqual(expected.map(([, value]) => value));
      }
      expect(dropped).toEqual(expectedDropped);
    }),
    propertyRuns(),
  );
});
