import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainForms } from '../../../bench/measure/plain-forms.ts';
import { compressText } from '../../../src/compression/compress-text.ts';
import { loadTokenCounter } from '../../../src/tokens/count-tokens.ts';
import { propertyRuns } from '../property-runs.ts';
import { deepDocuments, plainDocuments, plainRecords } from './plain-documents.ts';

const count = await loadTokenCounter('o200k');
const MIN_TOKENS = 20;

/** Tokens of what is sent when nothing may be left out. */
function losslessTokens(text: string): number {
  const faults: string[] = [];
  const onFault = (strategy: string): void => void faults.push(strategy);
  const { lossless, tokens } = compressText(text, {
    count,
    onFault,
    query: '',
    extent: 'lossless',
    minTokens: MIN_TOKENS,
  });
  expect(faults).toEqual([]);
  return lossless?.tokens ?? tokens;
}

function expectFloor(text: string): void {
  if (count(text) < MIN_TOKENS) return;
  const sent = losslessTokens(text);
  for (const form of plainForms(text)) {
    if (form.isFaithful) expect({ form, sent, isLarger: sent > count(form.text) }).toMatchObject({ isLarger: false });
  }
}

const spelled = (values: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  fc.tuple(values, fc.constantFrom(undefined, 1, 2, '\t')).map(([value, indent]) => JSON.stringify(value, null, indent));

describe('JSON without loss', () => {
  it('is never larger than minified, as TOON, as CSV or as a Markdown table, where these tell the same', () => {
    fc.assert(fc.property(spelled(plainDocuments), expectFloor), propertyRuns());
  });

  it('is never larger than these far down in other documents', () => {
    fc.assert(fc.property(spelled(deepDocuments), expectFloor), propertyRuns(300));
  });

  it('is never larger than these for records', () => {
    let tableCount = 0;
    fc.assert(
      fc.property(spelled(plainRecords), (text) => {
        if (plainForms(text).some(({ name, isFaithful }) => name === 'csv' && isFaithful)) tableCount++;
        expectFloor(text);
      }),
      propertyRuns(),
    );
    expect(tableCount).toBeGreaterThan(20);
  });
});
