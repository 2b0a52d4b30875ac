import { decode, encode } from '@toon-format/toon';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minifiedSource } from '../../../src/compression/json/minified-source.ts';
import { parseJson } from '../../../src/compression/json/parse-json.ts';
import { recordsCsv, recordsMarkdown } from '../../../src/compression/strategies/flat-records.ts';
import { toon } from '../../../src/compression/strategies/toon.ts';
import { readToon } from '../../../src/compression/strategies/toon/read-toon.ts';
import { writeToon } from '../../../src/compression/strategies/toon/write-toon.ts';
import { propertyRuns } from '../property-runs.ts';
import { jsonTexts, recordsTexts } from './json-values.ts';
import { plainDocuments, plainRecords } from './plain-documents.ts';

const spelled = (values: fc.Arbitrary<unknown>): fc.Arbitrary<string> => values.map((value) => JSON.stringify(value));
const texts = fc.oneof(jsonTexts, recordsTexts, spelled(plainDocuments), spelled(plainRecords));

describe.each([toon, recordsCsv, recordsMarkdown])('$name', (strategy) => {
  it('gives every document back, character by character but for white space', () => {
    let encodedCount = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const json = parseJson(text);
        if (json === undefined) throw new Error(`Not JSON: ${text}`);
        const encoded = strategy.encode({ kind: 'json', text, json });
        if (encoded === undefined) return;
        encodedCount++;
        expect(strategy.decode(encoded.text, encoded.form)).toBe(minifiedSource(text));
      }),
      propertyRuns(2_000),
    );
    expect(encodedCount).toBeGreaterThan(100);
  });
});

describe('TOON', () => {
  it('is the text of the reference encoder, wherever the reference decoder gives the document back', () => {
    let comparedCount = 0;
    fc.assert(
      fc.property(spelled(plainDocuments), (text) => {
        const json = parseJson(text);
        if (json === undefined || text === '{}') return;
        const written = writeToon(json, Infinity) ?? '';
        expect(readToon(written)).toBe(text);
        // TOON spells a backspace as a code, JSON in one letter.
        if (/\\[bf]/.test(text) || JSON.stringify(decode(encode(JSON.parse(text)))) !== text) return;
        comparedCount++;
        expect(written).toBe(encode(JSON.parse(text)));
      }),
      propertyRuns(2_000),
    );
    expect(comparedCount).toBeGreaterThan(1_000);
  });
});
