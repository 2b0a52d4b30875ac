import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detect } from '../../src/compression/detect.ts';
import { SELECTIONS, STRATEGIES } from '../../src/compression/strategies/all-strategies.ts';
import { groupedHits, groupHits } from '../../src/compression/strategies/grouped-hits.ts';
import { groupedPaths, groupPaths } from '../../src/compression/strategies/grouped-paths.ts';
import { codeToolText, diffText, searchText } from './arbitraries/code-tools.ts';
import { hostileText } from './arbitraries/tool-output.ts';
import { propertyRuns } from './property-runs.ts';

const request = {
  query: 'Where is main in src/a.ts?',
  budgetTokens: 100,
  count: (text: string) => text.length / 4,
  retrievalId: 'the-id',
};

describe('what tools about code print', () => {
  test('is recognised as each of its kinds, says the same twice, and keeps its lines', () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(fc.oneof(codeToolText, hostileText(100)), (text) => {
        const content = detect(text);
        kinds.add(content.kind);
        expect(detect(text)).toEqual(content);
        if ('lines' in content) expect(content.lines.join('\n')).toBe(text);
        if ('parts' in content) expect(content.parts.length).toBe(content.lines.length);
        if ('found' in content) expect(content.found.length).toBe(content.lines.length);
        if ('entries' in content) expect(content.entries.length).toBe(content.lines.length);
      }),
      propertyRuns(300),
    );
    for (const kind of ['search', 'listing', 'diff', 'commits']) expect(kinds).toContain(kind);
  });

  test('decodes character by character from every lossless form', () => {
    const used = new Set<string>();
    fc.assert(
      fc.property(codeToolText, (text) => {
        const content = detect(text);
        const grouped = content.kind === 'listing' ? groupPaths(content) : undefined;
        if (grouped !== undefined) {
          used.add('grouped-paths');
          expect(groupedPaths.decode(grouped.text, grouped.form)).toBe(text);
        }
        const hits = content.kind === 'search' || content.kind === 'log' ? groupHits(content) : undefined;
        if (hits !== undefined) {
          used.add('grouped-hits');
          expect(groupedHits.decode(hits.text, hits.form)).toBe(text);
        }
        for (const strategy of STRATEGIES) {
          if (content.kind === 'json' || !strategy.kinds.includes(content.kind)) continue;
          const encoded = strategy.encode(content);
          if (encoded === undefined) continue;
          used.add(strategy.name);
          expect(strategy.decode(encoded.text, encoded.form)).toBe(text);
        }
      }),
      propertyRuns(1_000),
    );
    for (const name of ['grouped-hits', 'sorted-symbols', 'grouped-paths', 'indented-tree'])
      expect(used).toContain(name);
  });

  test('shows lines of the source alone, and names all the others', () => {
    let selectedCount = 0;
    fc.assert(
      fc.property(codeToolText, (text) => {
        const content = detect(text);
        if (!('lines' in content) || content.kind === 'log') return;
        for (const selection of SELECTIONS) {
          if (!selection.kinds.includes(content.kind)) continue;
          const selected = selection.select(content, request);
          if (selected === undefined) continue;
          selectedCount++;
          const missing = new Set<number>();
          for (const { first, last } of selected.leftOut) for (let at = first; at <= last; at++) missing.add(at);
          const stays = content.lines
            .slice(0, selected.total)
            .flatMap((line, index) =>
              missing.has(index + 1) ? [] : [content.kind === 'diff' ? line : `${index + 1}\t${line}`],
            );
          const shown = selected.text.split('\n').slice(1);
          const body =
            content.kind === 'diff'
              ? shown.filter((line) => !/^\[lines [\d-]+ left out/.test(line))
              : shown.slice(shown.length - stays.length);
          expect(body).toEqual(stays);
        }
      }),
      propertyRuns(300),
    );
    expect(selectedCount).toBeGreaterThan(0);
  });
});

test('every file that was hit stays named and counted where the budget has room for names', () => {
  let searchCount = 0;
  fc.assert(
    fc.property(searchText(30), (text) => {
      const content = detect(text);
      if (content.kind !== 'search') return;
      const selected = SELECTIONS.find(({ name }) => name === 'search-hits')?.select(content, {
        ...request,
        budgetTokens: 5_000,
      });
      if (selected === undefined) return;
      searchCount++;
      for (const { role, path } of content.found) {
        if (role === 'hit' && path !== undefined)
          expect(selected.text).toContain(`${path.slice(path.lastIndexOf('/') + 1)} `);
      }
    }),
    propertyRuns(300),
  );
  expect(searchCount).toBeGreaterThan(0);
});

test('a diff with lines left out names every file that it changes', () => {
  let diffCount = 0;
  fc.assert(
    fc.property(diffText(12), (text) => {
      const content = detect(text);
      if (content.kind !== 'diff') return;
      const selected = SELECTIONS.find(({ name }) => name === 'diff-hunks')?.select(content, {
        ...request,
        budgetTokens: 1,
      });
      if (selected === undefined) return;
      diffCount++;
      for (const [index, { role }] of content.parts.entries()) {
        const line = content.lines[index] ?? '';
        if (role === 'file' && line.startsWith('diff --git ')) expect(selected.text).toContain(line);
      }
    }),
    propertyRuns(300),
  );
  expect(diffCount).toBeGreaterThan(0);
});
