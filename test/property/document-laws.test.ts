import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detect } from '../../src/compression/detect.ts';
import { attributesOf } from '../../src/compression/markup/attributes.ts';
import { markupTokens } from '../../src/compression/markup/markup-tokens.ts';
import { htmlBlocks } from '../../src/compression/selection/html-blocks.ts';
import { markdownBlocks } from '../../src/compression/selection/markdown-blocks.ts';
import { configSections } from '../../src/compression/selection/config-outline.ts';
import { proseSections } from '../../src/compression/selection/prose-sections.ts';
import { configSelection } from '../../src/compression/selection/config-sections.ts';
import { xmlDocument } from '../../src/compression/selection/xml-document.ts';
import { configText, htmlText, junitReport, markdownText, xmlText } from './arbitraries/documents.ts';
import { hostileText } from './arbitraries/tool-output.ts';
import { propertyRuns } from './property-runs.ts';

const request = {
  query: 'Which order failed?',
  budgetTokens: 60,
  count: (text: string) => text.length,
  retrievalId: 'the-id',
};

describe('markup', () => {
  test('is split into tokens that do not overlap, in the order of the source', () => {
    fc.assert(
      fc.property(
        fc.oneof(htmlText(40), xmlText(40), hostileText(200)),
        fc.constantFrom('html', 'xml'),
        (text, language) => {
          let end = 0;
          for (const token of markupTokens(text, language)) {
            expect(token.start).toBeGreaterThanOrEqual(end);
            expect(token.end).toBeGreaterThan(token.start);
            if (token.kind === 'open') expect(attributesOf(text, token).size).toBeLessThan(token.end - token.start);
            end = token.end;
          }
          expect(end).toBeLessThanOrEqual(text.length);
        },
      ),
      propertyRuns(),
    );
  });
});

describe('the blocks of a document', () => {
  test('stand in the order of their lines, within the source', () => {
    fc.assert(
      fc.property(htmlText(60), markdownText(60), (page, document) => {
        for (const [source, blocks] of [
          [page, htmlBlocks(page).blocks],
          [document, markdownBlocks(document.split('\n'))],
        ] as const) {
          let line = 1;
          for (const block of blocks) {
            expect(block.first).toBeGreaterThanOrEqual(line);
            expect(block.last).toBeGreaterThanOrEqual(block.first);
            line = block.first;
          }
          expect(line).toBeLessThanOrEqual(source.split('\n').length);
        }
      }),
      propertyRuns(),
    );
  });

  test('of Markdown hold every line that says anything', () => {
    fc.assert(
      fc.property(markdownText(80), (text) => {
        const lines = text.split('\n');
        const covered = new Set<number>();
        for (const { first, last } of markdownBlocks(lines)) {
          for (let line = first; line <= last; line++) covered.add(line);
        }
        const lost = lines.filter((line, index) => line.trim() !== '' && !covered.has(index + 1));
        expect(lost).toEqual([]);
      }),
      propertyRuns(),
    );
  });
});

describe('a document with lines left out', () => {
  test('shows every line that it does not name as left out', () => {
    let selectedCount = 0;
    fc.assert(
      fc.property(fc.oneof(markdownText(80), configText(80)), (text) => {
        const content = detect(text);
        const selected =
          content.kind === 'markdown'
            ? proseSections.select(content, request)
            : content.kind === 'config'
              ? configSelection.select(content, request)
              : undefined;
        if (selected === undefined) return;
        selectedCount++;
        const missing = new Set<number>();
        for (const { first, last } of selected.leftOut) for (let line = first; line <= last; line++) missing.add(line);
        for (const [index, line] of text.split('\n').entries()) {
          const words = line.trim().replace(/^#+\s+/, '');
          if (!missing.has(index + 1) && /[\p{L}\p{N}]/u.test(words)) expect(selected.text).toContain(words);
        }
      }),
      propertyRuns(),
    );
    expect(selectedCount).toBeGreaterThan(0);
  });

  test('has every failure of a report of tests, however many', () => {
    fc.assert(
      fc.property(junitReport(60), ({ text, failed }) => {
        const content = detect(text);
        if (content.kind !== 'xml') return;
        const selected = xmlDocument.select(content, { ...request, budgetTokens: 1 });
        for (const name of failed) expect(selected?.text).toContain(`- ${name} (`);
        expect(selected?.text).toContain(`${failed.length} failed`);
      }),
      propertyRuns(300),
    );
  });
});

test('the sections of settings are the whole file, each line once', () => {
  fc.assert(
    fc.property(configText(80), (text) => {
      const lines = text.split('\n');
      let next = 1;
      for (const { first, last } of configSections(lines)) {
        expect(first).toBe(next);
        expect(last).toBeGreaterThanOrEqual(first);
        next = last + 1;
      }
      expect(next).toBe(lines.length + 1);
    }),
    propertyRuns(),
  );
});
