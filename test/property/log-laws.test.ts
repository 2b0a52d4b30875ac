import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detect } from '../../src/compression/detect.ts';
import { logLines } from '../../src/compression/selection/log-lines.ts';
import { shapeOf } from '../../src/compression/selection/log-line-shape.ts';
import { severityOf } from '../../src/compression/selection/log-severity.ts';
import { foldRepeats, unfoldRepeats } from '../../src/compression/strategies/lines/fold-repeats.ts';
import { fromShortForm, toShortForm } from '../../src/compression/strategies/lines/short-form.ts';
import { repeatedLines } from '../../src/compression/strategies/repeated-lines.ts';
import { repetitiveLines } from './arbitraries/log-lines.ts';
import { hostileText } from './arbitraries/tool-output.ts';
import { propertyRuns } from './property-runs.ts';

describe('lines that repeat one another', () => {
  test('unfold to what was folded', () => {
    fc.assert(
      fc.property(repetitiveLines(12), fc.constantFrom(0, 6, 60), (lines, leastBlockGain) => {
        expect(unfoldRepeats(foldRepeats(lines, { leastBlockGain }))).toEqual(lines);
      }),
      propertyRuns(300),
    );
  });

  test('come back from the short form', () => {
    let written = 0;
    fc.assert(
      fc.property(repetitiveLines(12), fc.boolean(), (lines, keepsValuesWhole) => {
        const short = toShortForm(lines, { keepsValuesWhole });
        if (short === undefined) return;
        written++;
        expect(fromShortForm(short)).toEqual(lines);
      }),
      propertyRuns(300),
    );
    expect(written).toBeGreaterThan(0);
  });

  test('decode character by character, as a log and as a text', () => {
    let encodedCount = 0;
    const text = fc.oneof(
      repetitiveLines(12).map((lines) => lines.join('\n')),
      hostileText(200),
    );
    fc.assert(
      fc.property(text, fc.constantFrom('\n', '\r\n'), fc.boolean(), (source, lineEnd, keepsValuesWhole) => {
        const text = source.replaceAll('\n', lineEnd);
        for (const content of [
          { kind: 'log', text, lines: text.split('\n') },
          { kind: 'text', text },
        ] as const) {
          const encoded = repeatedLines.encode(content, { keepsValuesWhole });
          if (encoded === undefined) continue;
          encodedCount++;
          expect(repeatedLines.decode(encoded.text, encoded.form)).toBe(text);
          expect(repeatedLines.encode(content, { keepsValuesWhole })).toEqual(encoded);
        }
      }),
      propertyRuns(300),
    );
    expect(encodedCount).toBeGreaterThan(0);
  });
});

describe('a log with lines left out', () => {
  const source = repetitiveLines(30).map((lines) => lines.join('\n'));
  const request = fc.record({
    query: fc.constantFrom('', 'Which disk failed?', 'job café', '{"user":"root"}', '10.0.0.7', '"[block 1 again]"'),
    budgetTokens: fc.integer({ min: 1, max: 2_000 }),
  });

  test('shows lines of the source at their numbers, and names all the others', () => {
    let selectedCount = 0;
    fc.assert(
      fc.property(source, request, (text, { query, budgetTokens }) => {
        const lines = text.split('\n');
        const selected = logLines.select(
          { kind: 'log', text, lines },
          { query, budgetTokens, count: (t) => t.length, retrievalId: 'the-id' },
        );
        if (selected === undefined) return;
        selectedCount++;
        const total = lines.at(-1) === '' ? lines.length - 1 : lines.length;
        expect(selected.total).toBe(total);
        const missing = new Set<number>();
        for (const { first, last } of selected.leftOut)
          for (let number = first; number <= last; number++) missing.add(number);
        const [firstLine, ...shown] = selected.text.split('\n');
        expect(firstLine).toContain('the-id');
        const numbered = shown.filter(
          (line) => !/^\[\d+ more (?:like line|threads? ha(?:s|ve) the stack of)[^\t]*\]$/.test(line),
        );
        const expected = lines
          .slice(0, total)
          .flatMap((line, index) => (missing.has(index + 1) ? [] : [`${index + 1}\t${line}`]));
        expect(numbered).toEqual(expected);
      }),
      propertyRuns(300),
    );
    expect(selectedCount).toBeGreaterThan(0);
  });

  test('keeps one of every kind of failure, however small the budget', () => {
    let failureCount = 0;
    fc.assert(
      fc.property(source, (text) => {
        const lines = text.split('\n');
        const selected = logLines.select(
          { kind: 'log', text, lines },
          { query: '', budgetTokens: 1, count: (t) => t.length, retrievalId: 'the-id' },
        );
        if (selected === undefined) return;
        const shapes = new Set(selected.text.split('\n').map((line) => shapeOf(line.slice(line.indexOf('\t') + 1))));
        for (const line of lines) {
          if (severityOf(line) !== 'failure') continue;
          failureCount++;
          expect(shapes).toContain(shapeOf(line));
        }
      }),
      propertyRuns(300),
    );
    expect(failureCount).toBeGreaterThan(0);
  });
});

test('detection says the same of the same text, and gives a log its lines', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        repetitiveLines(6).map((lines) => lines.join('\n')),
        hostileText(100),
      ),
      (text) => {
        const content = detect(text);
        expect(detect(text)).toEqual(content);
        expect(content.text).toBe(text);
        if (content.kind === 'log') expect(content.lines.join('\n')).toBe(text);
      },
    ),
    propertyRuns(300),
  );
});
