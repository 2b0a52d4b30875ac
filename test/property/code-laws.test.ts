import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadGrammarsFor } from '../../src/compression/load-grammars-for.ts';
import { countErrors } from '../../src/compression/code/syntax-nodes.ts';
import { detect } from '../../src/compression/detect.ts';
import { InnerTexts } from '../../src/compression/envelopes/inner-texts.ts';
import { codeOutline } from '../../src/compression/selection/code-outline.ts';
import { createMemoryStore, optimizeMessages } from '../../src/index.ts';
import { restore } from '../../src/testing.ts';
import { fillGaps, grammars, linesSaidToBeMissing } from '../code-fixtures.ts';
import { codeText } from './arbitraries/code.ts';
import { propertyRuns } from './property-runs.ts';

const request = { count: (text: string) => text.length, retrievalId: 'the-id', grammars };
const query = fc.constantFrom(
  '',
  'What does parseRow do?',
  'Which order failed?',
  '`load_all`',
  '{"path":"src/run.py"}',
);
const budgetTokens = fc.integer({ min: 20, max: 1_500 });
const withoutNewline = (text: string): string => text.replace(/\n$/, '');

describe('source code with lines left out', () => {
  test('is the source again once the lines that it names are put back, and names each that is missing', () => {
    let outlined = 0;
    fc.assert(
      fc.property(codeText(), query, budgetTokens, (text, query, budgetTokens) => {
        const content = detect(text);
        if (content.kind !== 'code') return;
        const selected = codeOutline.select(content, { ...request, query, budgetTokens });
        if (selected === undefined) return;
        outlined++;
        const shown = selected.text.slice(0, selected.text.lastIndexOf('\n['));
        expect(fillGaps(shown, text)).toBe(withoutNewline(text));
        const missing = selected.leftOut.flatMap(({ first, last }) =>
          Array.from({ length: last - first + 1 }, (_, index) => first + index),
        );
        expect(linesSaidToBeMissing(shown)).toEqual(missing);
        expect(selected.total).toBe(withoutNewline(text).split('\n').length);
      }),
      propertyRuns(300),
    );
    expect(outlined).toBeGreaterThan(20);
  });

  test('has no more errors than the source', () => {
    let compared = 0;
    fc.assert(
      fc.property(codeText(), query, budgetTokens, (text, query, budgetTokens) => {
        const content = detect(text);
        if (content.kind !== 'code' || content.source.start > 0 || content.source.firstNumber !== undefined) return;
        const selected = codeOutline.select(content, { ...request, query, budgetTokens });
        if (selected === undefined) return;
        const shown = selected.text.slice(0, selected.text.lastIndexOf('\n['));
        const errorsOf = (source: string): number =>
          Math.min(
            ...content.languages.map((language) => grammars.get(language)?.parse(source, countErrors) ?? Infinity),
          );
        // A text that breaks off has what closes it when it is read, and here it has not.
        if (errorsOf(text) > 0) return;
        compared++;
        expect(errorsOf(shown)).toBe(0);
      }),
      propertyRuns(300),
    );
    expect(compared).toBeGreaterThan(10);
  });

  test('is recoverable, in the words of the engine', async () => {
    await fc.assert(
      fc.asyncProperty(codeText(30), query, async (text, query) => {
        const store = createMemoryStore();
        const faults: unknown[] = [];
        const messages = [
          { role: 'user', content: query },
          { role: 'tool', tool_call_id: 'call_1', content: text },
        ];
        await loadGrammarsFor(detect(text), new InnerTexts(), (error) => faults.push(error));
        const { messages: optimized, decisions } = await optimizeMessages(messages, { loss: 'recoverable', store });
        const { content } = optimized[1] as { content: string };
        expect(await restore(content, decisions[0], store)).toBe(text);
        expect(faults).toEqual([]);
      }),
      propertyRuns(300),
    );
  });
});
