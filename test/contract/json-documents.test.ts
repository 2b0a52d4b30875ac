import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detect } from '../../src/compression/detect.ts';
import { parseJson } from '../../src/compression/json/parse-json.ts';
import { writeJson } from '../../src/compression/json/write-json.ts';
import { pathOf } from '../../src/compression/selection/fields/example-path.ts';
import { type Part, valueTree } from '../../src/compression/selection/fields/value-tree.ts';
import { jsonFields } from '../../src/compression/selection/json-fields.ts';
import { sameParts } from '../../src/compression/strategies/same-parts.ts';
import { findByPath, parsePath } from '../../src/retrieval/json-path.ts';
import { loadTokenCounter } from '../../src/tokens/count-tokens.ts';
import { documentJson } from '../property/arbitraries/json-documents.ts';
import { propertyRuns } from '../property/property-runs.ts';
import { describeSelection, describeStrategy } from './strategy-contract.ts';

describeSelection(jsonFields, documentJson());
describeStrategy(sameParts, documentJson());

const count = await loadTokenCounter('o200k');

function partsOf(root: Part): readonly Part[] {
  return [root, ...(root.children ?? []).flatMap(partsOf)];
}

/** Keys that come twice on the way to a part: a path then leads to all of them. */
function isAmbiguous(part: Part): boolean {
  for (let at: Part | undefined = part; at !== undefined; at = at.parent) {
    const siblings = at.parent?.children ?? [];
    if (at.key !== undefined && siblings.filter(({ key }) => key === at?.key).length > 1) return true;
  }
  return false;
}

test('the path of every part of a document leads retrieval to that part', () => {
  fc.assert(
    fc.property(documentJson(3), fc.array(fc.nat(), { minLength: 1, maxLength: 8 }), (text, picks) => {
      const json = parseJson(text);
      if (json === undefined) return;
      const parts = partsOf(valueTree(json).root);
      for (const pick of picks) {
        const part = parts[pick % parts.length];
        if (part === undefined || isAmbiguous(part)) continue;
        const { found } = findByPath(text, parsePath(pathOf(part)));
        expect(found.map(({ start, end }) => text.slice(start, end))).toEqual([writeJson(part.node)]);
      }
    }),
    propertyRuns(200),
  );
});

test('the path in a notice leads to something', () => {
  fc.assert(
    fc.property(documentJson(), fc.integer({ min: 50, max: 600 }), (text, budgetTokens) => {
      const content = detect(text);
      if (content.kind !== 'json') return;
      const selected = jsonFields.select(content, { query: '', budgetTokens, count, retrievalId: 'abc' });
      if (selected === undefined) return;
      const [, source = '""'] = /a path such as ("(?:[^"\\]|\\.)*")/.exec(selected.text) ?? [];
      expect(findByPath(text, parsePath(JSON.parse(source) as string)).found.length).toBeGreaterThan(0);
    }),
    propertyRuns(200),
  );
});
