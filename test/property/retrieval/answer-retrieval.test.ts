import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerRetrieval } from '../../../src/retrieval/answer-retrieval.ts';
import { createMemoryStore } from '../../../src/retrieval/memory-store.ts';
import { propertyRuns } from '../property-runs.ts';
import { readJson } from '../read-json.ts';

const line = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60, size: 'max' }).map((text) => text.replaceAll('\n', ' ')),
  fc.constantFrom('', '\r', '[', '{"a": 1}', '[lines 1-2 of 3]', '\ud800', '<|endoftext|>', 'x'.repeat(2_000)),
);
const row = fc.oneof(
  fc.dictionary(fc.string({ maxLength: 5 }), fc.string({ unit: 'binary', maxLength: 40, size: 'max' }), { maxKeys: 4 }),
  fc.constantFrom({ text: 'x'.repeat(2_000) }, {}),
);
const limit = fc.integer({ min: 1, max: 500 });

/** Asks for a unit after the other, as the answers say, and gives back what they brought. */
async function readOn(text: string, unit: 'lines' | 'rows', maxCharacters: number): Promise<readonly string[]> {
  const store = createMemoryStore();
  await store.put('id', text, 's');
  const answers: string[] = [];
  let ranges: string | undefined = '1-';
  while (ranges !== undefined) {
    const { text: answer } = await answerRetrieval({ id: 'id', [unit]: ranges }, { store, scope: 's', maxCharacters });
    const rest = /\n\[The answer was getting too long\. To go on, ask with \w+ "([\d-]+)"\.\]$/.exec(answer);
    const body = answer.slice(answer.indexOf('\n') + 1, rest?.index);
    answers.push(body);
    expect(answers.length).toBeLessThan(1_000);
    ranges = rest?.[1];
  }
  return answers;
}

describe('answerRetrieval', () => {
  it('gives every line of any text to a reader who goes on as the answers say', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 60, size: 'max' }), limit, async (lines, most) => {
        const text = lines.join('\n');
        expect((await readOn(text, 'lines', most)).join('\n')).toBe(text);
      }),
      propertyRuns(),
    );
  });

  it('gives every row of any list to a reader who goes on as the answers say', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 8, maxLength: 40, size: 'max' }), limit, async (rows, most) => {
        const answers = await readOn(JSON.stringify(rows), 'rows', most);
        expect(answers.flatMap((answer) => readJson(answer))).toEqual(readJson(JSON.stringify(rows)));
      }),
      propertyRuns(),
    );
  });

  it('never rejects, whatever is asked of whatever text', async () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.string({ unit: fc.constantFrom('1', '2', '30', '-', '–', ',', ' ', 'a'), maxLength: 60, size: 'max' }),
    );
    const request = fc.oneof(
      fc.anything(),
      fc.record({ id: fc.constant('id'), lines: anything, rows: anything, query: anything }, { requiredKeys: ['id'] }),
    );
    const text = fc.oneof(
      fc.array(line, { maxLength: 40, size: 'max' }).map((all) => all.join('\n')),
      fc.json(),
    );
    await fc.assert(
      fc.asyncProperty(request, text, limit, async (asked, original, maxCharacters) => {
        const store = createMemoryStore();
        await store.put('id', original, 's');
        const answer = await answerRetrieval(asked as never, { store, scope: 's', maxCharacters });
        expect(['found', 'unknown', 'failed']).toContain(answer.outcome);
        if (answer.outcome !== 'found') expect(answer.text.length).toBeGreaterThan(20);
      }),
      propertyRuns(),
    );
  });
});
