import { describe, expect, test } from 'vitest';
import { detect } from '../../../../src/compression/detect.ts';
import { logLines } from '../../../../src/compression/selection/log-lines.ts';
import { repeatedLines } from '../../../../src/compression/strategies/repeated-lines.ts';
import { loadTokenCounter } from '../../../../src/tokens/count-tokens.ts';
import { BUILDS } from '../../../fixtures/output/builds.ts';
import { CRASHES } from '../../../fixtures/output/crashes.ts';
import { LINTS } from '../../../fixtures/output/lints.ts';
import { TEST_RUNS } from '../../../fixtures/output/test-runs.ts';

const count = await loadTokenCounter('o200k');
const LEAST_SAVED = 0.5;

describe('output of tools', () => {
  for (const { tool, lines, query, answers, filler } of [...TEST_RUNS, ...BUILDS, ...CRASHES, ...LINTS]) {
    const text = lines.join('\n');

    test(`${tool}: is known, and what is left answers "${query}"`, () => {
      const content = detect(text);
      if (content.kind !== 'log') throw new Error(`taken for ${content.kind}`);
      const request = { query, budgetTokens: 600, count, retrievalId: 'abc123' };
      const selected = logLines.select(content, request)?.text ?? '';
      for (const answer of answers) expect(selected).toContain(answer);
      if (filler !== undefined) {
        expect(text).toContain(filler);
        expect(selected).not.toContain(filler);
      }
      expect(count(selected)).toBeLessThan(count(text) * (1 - LEAST_SAVED));
    });

    test(`${tool}: comes back from its lossless form`, () => {
      const content = detect(text);
      if (content.kind !== 'log') throw new Error(`taken for ${content.kind}`);
      const decoded = [false, true].map((keepsValuesWhole) => {
        const encoded = repeatedLines.encode(content, { keepsValuesWhole });
        return encoded === undefined ? text : repeatedLines.decode(encoded.text, encoded.form);
      });
      expect(decoded).toEqual([text, text]);
    });
  }
});
