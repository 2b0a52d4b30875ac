import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minifiedSource } from '../../../src/compression/json/minified-source.ts';
import { applyCopiedRuns, writeCopiedRuns } from '../../../src/compression/references/copied-runs.ts';
import { applyJsonDelta } from '../../../src/compression/references/apply-json-delta.ts';
import { writeJsonDelta } from '../../../src/compression/references/json-delta.ts';
import { matchLines } from '../../../src/compression/references/match-lines.ts';
import { applyNumberedDelta, writeNumberedDelta } from '../../../src/compression/references/numbered-delta.ts';
import { applyPieceDiff, writePieceDiff } from '../../../src/compression/references/piece-diff.ts';
import { applyUnifiedDiff, writeUnifiedDiff } from '../../../src/compression/references/unified-diff.ts';
import { propertyRuns } from '../property-runs.ts';

/** Lines of which some come often, some look like words of ours, and ends of lines are of all kinds. */
const line = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 60 }).map((index) => `a line that says number ${index} of many`) },
  { weight: 3, arbitrary: fc.constantFrom('', '}', ' ', '\r', '  return x;', '+', '-', '\t', '\ud800') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '@@ -1,2 +1,2 @@',
      '[1-3 same as 1-3 there]',
      '[1-9 same as 2-10 there: "a" to "b"]',
      '\t[1-3 same as 1-3 there]',
      '7\t[x]',
      '- .a',
      '+ [0] = 1',
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 12 }).map((text) => text.replaceAll('\n', '')) },
);

/** A text and one that came of it by a few edits. */
const edited = fc
  .tuple(
    fc.array(line, { maxLength: 60, size: 'max' }),
    fc.array(fc.record({ at: fc.nat(60), gone: fc.nat(6), added: fc.array(line, { maxLength: 4 }) }), { maxLength: 5 }),
  )
  .map(([lines, edits]) => {
    const after = [...lines];
    for (const { at, gone, added } of edits) after.splice(at % (after.length + 1), gone, ...added);
    return { before: lines, after };
  });

const numberedAs = (style: string, lines: readonly string[], first: number): string =>
  lines
    .map((text, index) => {
      const number = String(first + index);
      if (style === 'cat') return `${number.padStart(6)}\t${text}`;
      return style === 'arrow' ? `${number.padStart(6)}→${text}` : `${number}:${text}`;
    })
    .join('\n');

describe('differences between two texts', () => {
  test('matched lines are equal and rise on both sides', () => {
    fc.assert(
      fc.property(edited, ({ before, after }) => {
        const matches = matchLines(after, before);
        let last = -1;
        for (const [index, match] of matches.entries()) {
          if (match < 0) continue;
          expect(before[match]).toBe(after[index]);
          expect(match).toBeGreaterThan(last);
          last = match;
        }
      }),
      propertyRuns(),
    );
  });

  test('what was inserted or taken out in one place is all that is not matched', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 40 }), fc.nat(40), fc.nat(5), (lines, at, gone) => {
        const after = lines.toSpliced(at, gone, 'a', 'b');
        const matched = matchLines(after, lines).filter((match) => match >= 0).length;
        expect(matched).toBeGreaterThanOrEqual(lines.length - Math.min(gone, Math.max(0, lines.length - at)));
      }),
      propertyRuns(),
    );
  });

  test.each([
    ['a unified diff', writeUnifiedDiff, applyUnifiedDiff],
    ['runs of lines', writeCopiedRuns, applyCopiedRuns],
  ])('%s leads from the one to the other', (_name, write, apply) => {
    let written = 0;
    fc.assert(
      fc.property(edited, ({ before, after }) => {
        const base = before.join('\n');
        const text = after.join('\n');
        const delta = write(text, base);
        if (delta === undefined) return;
        written++;
        expect(apply(delta, base)).toBe(text);
      }),
      propertyRuns(),
    );
    expect(written).toBeGreaterThan(50);
  });

  test('differences of numbered lines lead from the one to the other', () => {
    let written = 0;
    fc.assert(
      fc.property(
        edited,
        fc.constantFrom('cat', 'arrow', 'grep'),
        fc.integer({ min: 1, max: 200 }),
        fc.boolean(),
        ({ before, after }, style, first, hasTail) => {
          const tail = hasTail ? '\n\n<note>[1-3 same as 1-3 there]</note>\n' : '';
          const base = numberedAs(style, before, 1) + tail;
          const text = numberedAs(style, after, first) + tail;
          const delta = writeNumberedDelta(text, base);
          if (delta === undefined) return;
          written++;
          expect(applyNumberedDelta(delta, base)).toBe(text);
        },
      ),
      propertyRuns(),
    );
    expect(written).toBeGreaterThan(20);
  });

  test('a diff of the pieces of one line leads from the one to the other', () => {
    let written = 0;
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom<string[]>("('a', 1), ", "('b',), ", '[x], ', '{y},  ', 'z, '), {
          minLength: 8,
          maxLength: 40,
        }),
        fc.nat(40),
        fc.nat(3),
        (pieces, at, gone) => {
          const base = pieces.join('');
          const text = pieces.toSpliced(at, gone, "('new',), ").join('');
          const delta = writePieceDiff(text, base);
          if (delta === undefined) return;
          written++;
          expect(applyPieceDiff(delta, base)).toBe(text);
        },
      ),
      propertyRuns(),
    );
    expect(written).toBeGreaterThan(50);
  });

  const key = fc.constantFrom('id', 'name', 'a b', 'tags', '__proto__', 'x.y', '"', ']', '0', 'é', 'state');
  const { document } = fc.letrec<{ document: unknown; value: unknown }>((tie) => ({
    document: fc.oneof(
      { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 8 }) },
      {
        weight: 3,
        arbitrary: fc.uniqueArray(fc.tuple(key, tie('value')), { maxLength: 5, selector: ([name]) => name }),
      },
    ),
    value: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      fc.constantFrom('1', '1.10', 'true', 'null', '"a"', '"] = 1"', '"- .a"', '"\\u0041"', '12345678901234567890'),
      tie('document').map(spellDocument),
    ),
  }));

  test('the values that differ lead from one JSON document to the other', () => {
    let written = 0;
    fc.assert(
      fc.property(
        document.map(spellDocument),
        document.map(spellDocument),
        fc.array(fc.tuple(fc.nat(30), fc.constantFrom('1', '2', '"a"', '[]', '{"id":1}', '"new"')), { maxLength: 4 }),
        (base, other, changes) => {
          for (const text of [other, changeScalars(base, changes)]) {
            const delta = writeJsonDelta(text, base);
            if (delta === undefined) continue;
            written++;
            expect(applyJsonDelta(delta, base)).toBe(minifiedSource(text));
          }
        },
      ),
      propertyRuns(),
    );
    expect(written).toBeGreaterThan(50);
  });

  test('take time in proportion to the texts, also where every line is the same, or none', () => {
    const timeOf = (count: number, lineOf: (index: number) => string): number => {
      const base = Array.from({ length: count }, (_, index) => lineOf(index));
      const start = performance.now();
      matchLines(['x', ...base, 'y'], [...base, 'x']);
      return performance.now() - start;
    };
    const kinds = [
      () => '}',
      (index: number) => `line ${index}`,
      (index: number) => `line ${(index * 7_919) % 50_000}`,
      (index: number) => `line ${index % 3}`,
    ];
    for (const lineOf of kinds) {
      for (let warmUp = 0; warmUp < 20; warmUp++) timeOf(1_000, lineOf);
      // A busy machine makes some measurements slower, and none faster: what is squared takes 64 times in all of them.
      const ratios = Array.from({ length: 20 }, () => timeOf(8_000, lineOf) / timeOf(1_000, lineOf));
      expect(Math.min(...ratios)).toBeLessThan(24);
    }
  });
});

/** The source of a list, or of an object given as its entries. */
function spellDocument(value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  const isObject = value.length > 0 && value.every((entry) => Array.isArray(entry) && entry.length === 2);
  return isObject
    ? `{${(value as [string, unknown][]).map(([name, inner]) => `${JSON.stringify(name)}:${String(inner)}`).join(',')}}`
    : `[${value.map(String).join(',')}]`;
}

/** Puts other values in place of some of the numbers of a document, so that most of it stays. */
function changeScalars(source: string, changes: readonly (readonly [number, string])[]): string {
  let changed = source;
  for (const [at, value] of changes) {
    const places = [...changed.matchAll(/(?<=[[:,])(?:1|null|true)(?=[\],}])/g)];
    const place = places[at % Math.max(1, places.length)];
    if (place !== undefined)
      changed = changed.slice(0, place.index) + value + changed.slice(place.index + place[0].length);
  }
  return changed;
}
