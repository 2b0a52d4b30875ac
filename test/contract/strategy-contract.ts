import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isJsonText, type Content, type ContentKind } from '../../src/compression/content.ts';
import { contentId } from '../../src/compression/content-id.ts';
import { detect } from '../../src/compression/detect.ts';
import { minifiedSource } from '../../src/compression/json/minified-source.ts';
import type { SelectionRequest, SelectionStrategy, Strategy } from '../../src/compression/strategy.ts';
import { loadTokenCounter } from '../../src/tokens/count-tokens.ts';
import { toolOutput } from '../property/arbitraries/tool-output.ts';
import { HOSTILE_TEXTS, type HostileText } from '../property/hostile/hostile-texts.ts';
import { disproportion } from '../property/processor-time.ts';
import { propertyRuns } from '../property/property-runs.ts';

const count = await loadTokenCounter('o200k');

/** What a form takes at most, in characters of JSON. */
const LONGEST_FORM = 200;

const SMALL_CHARS = 12_000;
const contents = new Map<string, Content>();

/** A text as it is known, known once for all strategies. */
function known(name: string, make: HostileText, sizeChars: number): Content {
  const key = `${name} ${sizeChars}`;
  let content = contents.get(key);
  if (content === undefined) contents.set(key, (content = detect(make(sizeChars))));
  return content;
}

/** The texts of these kinds for which the work on a text four times as large is out of proportion. */
async function outOfProportion(
  kinds: readonly ContentKind[],
  work: (content: Content) => unknown,
): Promise<readonly string[]> {
  let count = 0;
  const found: string[] = [];
  for (const [name, make] of Object.entries(HOSTILE_TEXTS)) {
    const small = known(name, make, SMALL_CHARS);
    if (!kinds.includes(small.kind)) continue;
    const large = known(name, make, 4 * SMALL_CHARS);
    if (large.kind !== small.kind) continue;
    // To say no early is no less work than to say something late.
    if ((work(small) === undefined) !== (work(large) === undefined)) continue;
    count++;
    const figures = await disproportion(
      () => work(small),
      () => work(large),
    );
    if (figures === undefined) continue;
    // A bound that the smaller text stays below makes one step; work by the square grows on.
    const largest = known(name, make, 16 * SMALL_CHARS);
    const further = await disproportion(
      () => work(large),
      () => work(largest),
    );
    if (further !== undefined) found.push(`${name}: ${figures}, then ${further}`);
  }
  return count === 0 ? ['There is no text of its kinds.'] : found;
}

/** What every lossless strategy owes its callers, whatever the text. */
export function describeStrategy(
  strategy: Strategy,
  texts: fc.Arbitrary<string> = toolOutput(40),
  longestForm: number = LONGEST_FORM,
): void {
  describe(`the strategy ${strategy.name}`, () => {
    const encodable = texts.map(detect).filter(({ kind }) => strategy.kinds.includes(kind));

    test('has a name that can be a label, and a kind of content', () => {
      expect(strategy.name).toMatch(/^[a-z][a-z-]{2,30}$/);
      expect(strategy.kinds.length).toBeGreaterThan(0);
    });

    test('decodes what it encoded, from the text and the form as JSON', () => {
      fc.assert(
        fc.property(encodable, (content) => {
          const encoded = strategy.encode(content);
          if (encoded === undefined) return;
          const form = encoded.form === undefined ? undefined : structuredClone(encoded.form);
          const decoded = strategy.decode(encoded.text, form);
          if (isJsonText(content)) expect(minifiedSource(decoded)).toBe(minifiedSource(content.text));
          else expect(decoded).toBe(content.text);
        }),
        propertyRuns(200),
      );
    });

    test('says the same of the same text, whatever it saw before', () => {
      fc.assert(
        fc.property(encodable, encodable, (content, other) => {
          const first = strategy.encode(content);
          strategy.encode(other);
          expect(strategy.encode(detect(content.text))).toEqual(first);
        }),
        propertyRuns(200),
      );
    });

    test('works in proportion to the text', async () => {
      expect(await outOfProportion(strategy.kinds, (text) => strategy.encode(text))).toEqual([]);
    });

    test('keeps its form small: content belongs into the text', () => {
      fc.assert(
        fc.property(encodable, (content) => {
          expect(JSON.stringify(strategy.encode(content)?.form ?? {}).length).toBeLessThan(longestForm);
        }),
        propertyRuns(200),
      );
    });
  });
}

/** What every way of leaving something out owes its callers. */
export function describeSelection(
  selection: SelectionStrategy,
  texts: fc.Arbitrary<string> = toolOutput(120),
  given: Pick<SelectionRequest, 'grammars'> = {},
): void {
  describe(`the selection ${selection.name}`, () => {
    const selectable = texts.map(detect).filter(({ kind }) => selection.kinds.includes(kind));
    const query = fc.constantFrom('', 'Which order failed?', 'id=17', '{"query":"timeout"}');
    const budgetTokens = fc.integer({ min: 50, max: 2_000 });

    test('names what it left out, in ranges of the source, and the id of the original', () => {
      fc.assert(
        fc.property(selectable, query, budgetTokens, (content, query, budgetTokens) => {
          const retrievalId = contentId(content.text);
          const selected = selection.select(content, { ...given, query, budgetTokens, count, retrievalId });
          if (selected === undefined) return;
          expect(selected.leftOut.length).toBeGreaterThan(0);
          expect(selected.text).toContain(retrievalId);
          let last = 0;
          for (const range of selected.leftOut) {
            expect(range.first).toBeGreaterThan(last);
            expect(range.last).toBeGreaterThanOrEqual(range.first);
            last = range.last;
          }
          expect(last).toBeLessThanOrEqual(selected.total);
        }),
        propertyRuns(200),
      );
    });

    test('works in proportion to the text', async () => {
      const request = { query: 'Which order failed?', budgetTokens: 500, count, retrievalId: 'abc' };
      expect(await outOfProportion(selection.kinds, (text) => selection.select(text, request))).toEqual([]);
    });

    test('names no id when the original can not be had', () => {
      fc.assert(
        fc.property(selectable, query, (content, query) => {
          const request = { ...given, query, budgetTokens: 200, count, retrievalId: undefined };
          const selected = selection.select(content, request);
          expect(selected?.text ?? '').not.toContain(contentId(content.text));
        }),
        propertyRuns(200),
      );
    });

    test('says the same of the same text and request, whatever it saw before', () => {
      fc.assert(
        fc.property(selectable, selectable, query, (content, other, query) => {
          const request = { ...given, query, budgetTokens: 200, count, retrievalId: 'abc' };
          const first = selection.select(content, request);
          selection.select(other, request);
          expect(selection.select(detect(content.text), request)).toEqual(first);
        }),
        propertyRuns(200),
      );
    });
  });
}
