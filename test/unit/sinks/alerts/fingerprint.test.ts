import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fingerprintOf } from '../../../../src/sinks/alerts/fingerprint.ts';

/** FNV-1a as its authors define it, in big integers. */
function fnv1a(bytes: Iterable<number>): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}

test('the fingerprint of no labels is the offset of FNV-1a', () => {
  expect(fingerprintOf({})).toBe('cbf29ce484222325');
});

test('the fingerprint is FNV-1a over sorted names and values, whatever the order they come in', () => {
  const texts = fc.string({ unit: 'grapheme', maxLength: 40, size: 'max' });
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z_]{1,10}$/), texts, { maxKeys: 6 }), (labels) => {
      const entries = Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1));
      const bytes = entries.flat().flatMap((text) => [...new TextEncoder().encode(text), 0xff]);
      expect(fingerprintOf(labels)).toBe(fnv1a(bytes));
      expect(fingerprintOf(Object.fromEntries(entries.reverse()))).toBe(fnv1a(bytes));
    }),
  );
});
