import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainForms } from '../../../bench/measure/plain-forms.ts';
import { compressText } from '../../../src/compression/compress-text.ts';
import { loadTokenCounter } from '../../../src/tokens/count-tokens.ts';
import { propertyRuns } from '../property-runs.ts';
import { deepDocuments, plainDocuments, plainRecords } from './plain-documents.ts';

const count = await loadTokenCounter('o200k');
const MIN_TOKENS = 20;

/** Plain forms that say the same in fewer tokens than what is sent when nothing may be left out. */
function smallerForms(text: string): readonly unknown[] {
  if (count(text) < MIN_TOKENS) return [];
  const faults: string[] = [];
  const { lossless, tokens } = compressText(text, {
    count,
    onFault: (strategy) => faults.push(strategy),
    query: '',
    extent: 'lossless',
    limits: { minTokens: MIN_TOKENS },
  });
  const sent = lossless?.tokens ?? tokens;
  return [...faults, ...plainForms(text).filter((form) => form.isFaithful && count(form.text) < sent)];
}

const spelled = (values: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  fc
    .tuple(values, fc.constantFrom(undefined, 1, 2, '\t'))
    .map(([value, indent]) => JSON.stringify(value, null, indent));

describe('JSON without loss', () => {
  it('is never larger than minified, as TOON, as CSV or as a Markdown table, where these tell the same', () => {
    fc.assert(
      fc.property(spelled(plainDocuments), (text) => {
        expect(smallerForms(text)).toEqual([]);
      }),
      propertyRuns(),
    );
  });

  it('is never larger than these far down in other documents', () => {
    fc.assert(
      fc.property(spelled(deepDocuments), (text) => {
        expect(smallerForms(text)).toEqual([]);
      }),
      propertyRuns(300),
    );
  });

  it.each([
    '[{"id":{"id":{"id":[{"a.b":"ok"},{"a.b":""},{"a.b":"↊"}]}}}]',
    '{"id":{"id":{"a.b":[{"id":[{"url":-5e-324,"status":null,"total":"ok"}]}]}}}',
  ])('is never larger than TOON that is longer by its indentation alone: %s', (text) => {
    expect(plainForms(text).find(({ name }) => name === 'toon')?.text.length).toBeGreaterThan(text.length);
    expect(smallerForms(text)).toEqual([]);
  });

  it('is never larger than these for records', () => {
    let tableCount = 0;
    fc.assert(
      fc.property(spelled(plainRecords), (text) => {
        if (plainForms(text).some(({ name, isFaithful }) => name === 'csv' && isFaithful)) tableCount++;
        expect(smallerForms(text)).toEqual([]);
      }),
      propertyRuns(),
    );
    expect(tableCount).toBeGreaterThan(20);
  });
});
