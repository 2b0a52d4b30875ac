import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveEscapes, respell } from '../../../src/compression/json/escape-style.ts';
import { type JsonNode, parseJson } from '../../../src/compression/json/parse-json.ts';
import { writeJson } from '../../../src/compression/json/write-json.ts';
import { minifiedJson } from '../../../src/compression/strategies/minified-json.ts';
import { readDocument } from '../../../src/compression/strategies/records/read-document.ts';
import { writeDocument } from '../../../src/compression/strategies/records/write-document.ts';
import { recordsTable } from '../../../src/compression/strategies/records-table.ts';
import { propertyRuns } from '../property-runs.ts';
import { readJson } from '../read-json.ts';
import { jsonTexts, recordsTexts } from './json-values.ts';
import { isJson } from '../is-json.ts';

function parsed(text: string): JsonNode {
  const node = parseJson(text);
  if (node === undefined) throw new Error(`Not JSON: ${text}`);
  return node;
}

describe('JSON', () => {
  it('is read by parseJson exactly when JSON.parse reads it', () => {
    const damaged = fc
      .tuple(jsonTexts, fc.nat(), fc.constantFrom('', ',', '"', '0', '}', '\\', '-', 'e', '\u0000', ' '))
      .map(([text, at, inserted]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + inserted + text.slice(place + (inserted === '' ? 1 : 0));
      });
    fc.assert(
      fc.property(fc.oneof(damaged, fc.string({ maxLength: 30, size: 'max' })), (text) => {
        expect(parseJson(text) !== undefined).toBe(isJson(text));
      }),
      propertyRuns(),
    );
  });

  it('means the same when minified, has no white space to lose, and is minified only once', () => {
    fc.assert(
      fc.property(jsonTexts, (text) => {
        const minified = writeJson(parsed(text));
        expect(readJson(minified)).toEqual(readJson(text));
        expect(writeJson(parsed(minified))).toBe(minified);
        expect(minified.length).toBeLessThanOrEqual(text.length);
      }),
      propertyRuns(),
    );
  });

  it('keeps every character that is not white space between values', () => {
    fc.assert(
      fc.property(jsonTexts, (text) => {
        const tight = text.replaceAll(/("(?:[^"\\]|\\.)*")|[ \t\r\n]+/gs, '$1');
        expect(writeJson(parsed(text))).toBe(tight);
      }),
      propertyRuns(),
    );
  });

  it('has its escapes resolved and spelled again without a difference', () => {
    fc.assert(
      fc.property(jsonTexts, (text) => {
        const { text: plain, style } = resolveEscapes(text);
        expect(respell(plain, style)).toBe(text);
        expect(readJson(plain)).toEqual(readJson(text));
      }),
      propertyRuns(),
    );
  });

  it('comes back from minified-json', () => {
    fc.assert(
      fc.property(jsonTexts, (text) => {
        const encoded = minifiedJson.encode({ kind: 'json', text, json: parsed(text) });
        if (encoded === undefined) return;
        expect(minifiedJson.decode(encoded.text, encoded.form)).toBe(writeJson(parsed(text)));
      }),
      propertyRuns(),
    );
  });
});

describe('records-table', () => {
  it('gives back every document that it writes, character by character', () => {
    let writtenCount = 0;
    fc.assert(
      fc.property(fc.oneof(recordsTexts, recordsTexts, jsonTexts), (text) => {
        const node = parsed(text);
        const written = writeDocument(node, { smallerBy: Number.POSITIVE_INFINITY });
        if (written === undefined) return;
        writtenCount++;
        expect(readDocument(written.text, written.order)).toBe(writeJson(node));
      }),
      propertyRuns(2_000),
    );
    expect(writtenCount).toBeGreaterThan(100);
  });

  it('encodes the same text in the same way each time, and decodes it', () => {
    fc.assert(
      fc.property(recordsTexts, (text) => {
        const content = { kind: 'json', text, json: parsed(text) } as const;
        const encoded = recordsTable.encode(content);
        expect(recordsTable.encode({ ...content, json: parsed(text) })).toEqual(encoded);
        if (encoded === undefined) return;
        expect(recordsTable.decode(encoded.text, encoded.form)).toBe(writeJson(parsed(text)));
      }),
      propertyRuns(),
    );
  });
});
