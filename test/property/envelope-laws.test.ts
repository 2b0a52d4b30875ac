import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMemoryStore, optimizeMessages } from '../../src/index.ts';
import { isLaidOut, layOutJson, layoutOf } from '../../src/compression/json/json-layout.ts';
import { minifiedSource } from '../../src/compression/json/minified-source.ts';
import { readString, spellString } from '../../src/compression/json/string-spelling.ts';
import { readJsonLines } from '../../src/compression/json-lines/read-json-lines.ts';
import { writeJsonLines } from '../../src/compression/json-lines/write-json-lines.ts';
import { answerRetrieval } from '../../src/retrieval/answer-retrieval.ts';
import { enveloped, jsonInStringsText, jsonLinesText } from './arbitraries/envelopes.ts';
import { logText, recordsJson } from './arbitraries/tool-output.ts';
import { propertyRuns } from './property-runs.ts';
import { isJson } from './is-json.ts';

describe('the white space of JSON', () => {
  test('of every serializer is told by its layout', () => {
    const indent = fc.constantFrom(undefined, 1, 2, 3, 4, 8, '\t');
    const margin = fc.constantFrom('', '\n', ' ', '\r\n', ' \n');
    fc.assert(
      fc.property(fc.jsonValue(), indent, margin, margin, (value, indent, before, behind) => {
        const text = before + JSON.stringify(value, undefined, indent) + behind;
        const layout = layoutOf(text);
        expect(layout).toBeDefined();
        expect(layOutJson(minifiedSource(text), layout ?? '')).toBe(text);
        expect(isLaidOut(text, layout ?? '')).toBe(true);
      }),
      propertyRuns(),
    );
  });

  test('is never told wrongly, whatever it is', () => {
    const space = fc.constantFrom('', '', ' ', '\n', '\n  ', '\t');
    const spaced = fc
      .tuple(fc.jsonValue({ maxDepth: 2 }), fc.array(space, { minLength: 1, maxLength: 20 }))
      .map(([value, spaces]) => {
        let next = 0;
        return JSON.stringify(value).replaceAll(/[[\]{},:]/g, (sign) => sign + spaces[next++ % spaces.length]);
      })
      .filter((text) => isJson(text));
    fc.assert(
      fc.property(spaced, (text) => {
        const layout = layoutOf(text);
        expect(layout === undefined ? text : layOutJson(minifiedSource(text), layout)).toBe(text);
      }),
      propertyRuns(),
    );
  });
});

describe('the spelling of a JSON string', () => {
  test('that is the same throughout comes back', () => {
    const styles: readonly ((json: string) => string)[] = [
      (json) => json,
      (json) => json.replaceAll(/[\u007f-\uffff]/g, (unit) => escapeUnit(unit)),
      (json) => json.replaceAll(/[\u007f-\uffff]/g, (unit) => escapeUnit(unit).toUpperCase().replace('U', 'u')),
      (json) => json.replaceAll(/[<>&\u2028\u2029]/g, (unit) => escapeUnit(unit)),
      (json) => json.replaceAll('/', '\\/'),
    ];
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 40, size: 'max' }),
        fc.constantFrom(...styles),
        (value, style) => {
          const source = style(JSON.stringify(value));
          const read = readString(source);
          expect(read?.value).toBe(value);
          expect(spellString(value, read?.spelling ?? '')).toBe(source);
        },
      ),
      propertyRuns(),
    );
  });

  test('is either told exactly or not at all', () => {
    const piece = fc.constantFrom(
      'a',
      '/',
      '\\/',
      '<',
      '\\u003c',
      '\\u003C',
      'é',
      '\\u00e9',
      '\\u00E9',
      '\\n',
      '\\"',
      '\\u0022',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const source = `"${pieces.join('')}"`;
        const read = readString(source);
        expect(read === undefined ? source : spellString(read.value, read.spelling)).toBe(source);
      }),
      propertyRuns(),
    );
  });
});

describe('many documents in one text', () => {
  test('are read so that they can be written again, each where it stands', () => {
    let read = 0;
    fc.assert(
      fc.property(jsonLinesText(30), (text) => {
        const documents = readJsonLines(text);
        if (documents === undefined) return;
        read++;
        const { rows, slices, form } = documents;
        expect(writeJsonLines(rows, form)).toBe(text);
        expect(slices).toHaveLength(rows.length);
        let last = 0;
        for (const { start, end } of slices) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThanOrEqual(start);
          last = end;
        }
      }),
      propertyRuns(),
    );
    expect(read).toBeGreaterThan(0);
  });
});

describe('what was left out of a text within a text', () => {
  const inner = fc.oneof(logText(150), recordsJson(120), jsonLinesText(120));
  const text = fc.oneof(
    { weight: 3, arbitrary: enveloped(inner) },
    { weight: 1, arbitrary: fc.oneof(jsonLinesText(120), jsonInStringsText(120)) },
  );

  test('is brought by the call that its notice tells of', async () => {
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(text, async (output) => {
        const store = createMemoryStore();
        const messages = [{ role: 'tool', tool_call_id: 'call_1', content: output }];
        const { messages: optimized, decisions } = await optimizeMessages(messages, { loss: 'recoverable', store });
        const id = decisions[0]?.rewriting?.retrievalId;
        if (id === undefined) return;
        const shown = (optimized[0] as { content: string }).content;
        for (const [, named = '', unit = '', range = ''] of shown.matchAll(
          / id "([^"]+)" and (rows|lines) "([\d-]+)"/g,
        )) {
          if (!named.startsWith(id)) continue;
          asked++;
          const answer = await answerRetrieval(
            { id: named, [unit]: range },
            { store, scope: 'default', maxCharacters: 1e9 },
          );
          expect(answer.outcome).toBe('found');
          expect(answer.text.startsWith(`[${unit} ${range} of `)).toBe(true);
        }
      }),
      propertyRuns(300),
    );
    expect(asked).toBeGreaterThan(0);
  });

  test('is never how a command ended', async () => {
    const ends = fc.record({
      stderr: fc.constantFrom('fatal: no such branch', 'Error: boom'),
      exit_code: fc.constantFrom(1, 127),
    });
    await fc.assert(
      fc.asyncProperty(inner, ends, async (stdout, { stderr, exit_code }) => {
        const output = JSON.stringify({ stdout, stderr, exit_code });
        const messages = [{ role: 'tool', tool_call_id: 'call_1', content: output }];
        const store = createMemoryStore();
        const { messages: optimized, decisions } = await optimizeMessages(messages, { loss: 'recoverable', store });
        const shown = (optimized[0] as { content: string }).content;
        expect(shown).toContain(stderr);
        expect(shown).toMatch(new RegExp(`\\bexit_code"?: ?${exit_code}\\b`));
        expect(decisions[0]?.reason).not.toBe('error-result');
      }),
      propertyRuns(200),
    );
  });
});

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
