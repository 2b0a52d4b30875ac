import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareTexts } from '../../src/cli/comparison.ts';
import { escapeHtml } from '../../src/cli/escape-html.ts';
import { inspectConversation } from '../../src/cli/inspect-conversation.ts';
import { htmlReport } from '../../src/cli/html-report.ts';
import { sideBySide } from '../../src/cli/side-by-side.ts';
import { terminalReport } from '../../src/cli/terminal-report.ts';
import { expandTabs, fitText, textWidth, wrapLine } from '../../src/cli/text-width.ts';
import { visibleText } from '../../src/cli/visible-text.ts';
import { conversation } from './arbitraries/conversation.ts';
import { toolOutput } from './arbitraries/tool-output.ts';
import { propertyRuns } from './property-runs.ts';

const options = { model: 'gpt-4o', loss: 'recoverable', verify: true } as const;
const line = fc.string({ unit: 'binary', size: 'max', maxLength: 300 }).map((text) => text.replaceAll('\n', ' '));

test('what is shown has no control character but tabs, and no line break that was not there', () => {
  fc.assert(
    fc.property(line, (text) => {
      expect(visibleText(text)).not.toMatch(/[^\t\P{Cc}]|\p{Bidi_Control}|\p{Cs}|\p{Zl}|\p{Zp}/u);
      expect(escapeHtml(text)).not.toMatch(/[<>"']/);
    }),
    propertyRuns(300),
  );
});

test('pieces of a line fit and are the line again; a fitted text takes the columns it was given', () => {
  fc.assert(
    fc.property(line, fc.integer({ min: 2, max: 60 }), (text, columns) => {
      const shown = expandTabs(visibleText(text));
      const pieces = [...wrapLine(shown, columns)];
      expect(pieces.join('')).toBe(shown);
      for (const piece of pieces) expect(textWidth(piece)).toBeLessThanOrEqual(columns);
      expect(textWidth(fitText(shown, columns, 'end'))).toBe(columns);
    }),
    propertyRuns(300),
  );
});

test('a comparison has all of both texts, in order', async () => {
  let aligned = 0;
  await fc.assert(
    fc.asyncProperty(toolOutput(300), async (output) => {
      const { results } = await inspectConversation([{ role: 'tool', content: output }], options);
      const [result] = results;
      const rewriting = result?.decision.rewriting;
      if (result?.textAfter === undefined || rewriting === undefined) return;
      const comparison = compareTexts(output, result.textAfter, rewriting);
      if (comparison.layout !== 'aligned') return;
      aligned++;
      const after = comparison.rows.flatMap((row) => row.after?.text ?? []);
      expect(after.join('\n')).toBe(result.textAfter.replace(/\n$/, ''));
      const numbers = comparison.rows.flatMap(({ before }) => {
        if (before?.type === 'unit') return [before.number];
        if (before?.type !== 'gap') return [];
        const { first, last } = before.range;
        return Array.from({ length: last - first + 1 }, (_, index) => first + index);
      });
      expect(numbers).toEqual(Array.from({ length: comparison.total }, (_, index) => index + 1));
    }),
    propertyRuns(300),
  );
  expect(aligned).toBeGreaterThan(0);
});

test('every line of a report fits the screen, and every result comes back', async () => {
  await fc.assert(
    fc.asyncProperty(conversation(), fc.integer({ min: 40, max: 140 }), async (messages, columns) => {
      const inspection = await inspectConversation(messages, options);
      expect(inspection.faults).toEqual([]);
      expect(inspection.results.filter(({ restoration }) => restoration === 'failed')).toEqual([]);
      const about = { inputName: 'input', shape: 'messages' } as const;
      const screen = { columns, hasColor: false };
      const report = terminalReport(inspection, screen, { ...about, shown: inspection.results, mostLines: 40 });
      for (const shown of report) {
        expect(shown).not.toContain('\n');
        expect(textWidth(shown)).toBeLessThanOrEqual(columns);
      }
      const page = htmlReport(inspection, { ...about, mostLines: 200 });
      expect(page.match(/<details\b/g)?.length ?? 0).toBe(page.match(/<\/details>/g)?.length ?? 0);
    }),
    propertyRuns(300),
  );
});

test('two texts side by side take no more lines than they may, and one to say so', () => {
  fc.assert(
    fc.property(fc.array(line), fc.array(line), fc.integer({ min: 1, max: 20 }), (before, after, mostLines) => {
      const comparison = {
        layout: 'columns',
        before,
        leftOut: [],
        after: after.map((text) => ({ text, isNotice: false })),
      } as const;
      const screen = { columns: 80, hasColor: false };
      const shown = [...sideBySide(comparison, screen, { titles: ['before', 'after'], mostLines })];
      expect(shown.length).toBeLessThanOrEqual(mostLines + 2);
      for (const one of shown) expect(textWidth(one)).toBeLessThanOrEqual(80);
    }),
    propertyRuns(300),
  );
});
