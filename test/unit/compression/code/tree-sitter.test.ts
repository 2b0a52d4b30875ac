import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createGrammarsLoader } from '../../../../src/compression/code/load-grammars.ts';
import { countErrors } from '../../../../src/compression/code/syntax-nodes.ts';
import { createGrammarLoader } from '../../../../src/compression/code/tree-sitter.ts';
import { detect } from '../../../../src/compression/detect.ts';
import { InnerTexts } from '../../../../src/compression/envelopes/inner-texts.ts';
import { loadGrammarsFor } from '../../../../src/compression/load-grammars-for.ts';
import { codeFixture, grammars } from '../../../code-fixtures.ts';

const folder = mkdtempSync(join(tmpdir(), 'headroom-hooks-grammars-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function brokenPackage(name: string, source: string): () => string {
  const path = join(folder, name);
  writeFileSync(path, source);
  return () => path;
}

describe('a grammar', () => {
  test('is none where the package is not installed, and nobody is told', async () => {
    const faults: unknown[] = [];
    const load = createGrammarsLoader(createGrammarLoader(() => undefined));
    expect(await load(['python', 'go'], (error) => faults.push(error))).toEqual(new Map());
    expect(faults).toEqual([]);
  });

  test.each([
    ['does not load', 'broken.cjs', 'throw new Error("not today");'],
    [
      'does not start',
      'idle.cjs',
      'module.exports = { Parser: { init: () => Promise.reject(new Error("no memory")) } };',
    ],
    [
      'has no such grammar',
      'empty.cjs',
      'module.exports = { Parser: { init: async () => {} }, Language: { load: async () => ({}) } };',
    ],
  ])('is none where the package %s, and that is told once', async (_name, file, source) => {
    const faults: unknown[] = [];
    const load = createGrammarsLoader(createGrammarLoader(brokenPackage(file, source)));
    for (let turn = 0; turn < 3; turn++) {
      expect(await load(['python'], (error) => faults.push(error))).toEqual(new Map());
    }
    expect(faults).toHaveLength(1);
    expect(faults[0]).toBeInstanceOf(Error);
  });

  test('is looked for only where a text looks like code of some length', async () => {
    const { text } = codeFixture('orders.py');
    const onFault = (error: unknown): void => {
      throw error;
    };
    expect([...((await loadGrammarsFor(detect(text), new InnerTexts(), onFault)) ?? []).keys()]).toEqual(['python']);
    expect(await loadGrammarsFor(detect(text.slice(0, 1_500)), new InnerTexts(), onFault)).toBeUndefined();
    expect(
      await loadGrammarsFor(detect('Some words about orders.\n'.repeat(500)), new InnerTexts(), onFault),
    ).toBeUndefined();
  });
});

describe('a parser that breaks', () => {
  const find = brokenPackage(
    'breaking.cjs',
    `let isBroken = false;
     class Parser {
       static async init() {}
       setLanguage() {}
       parse(read) {
         if (isBroken || read(0).includes('trap')) {
           isBroken = true;
           throw new WebAssembly.RuntimeError('memory access out of bounds');
         }
         return { rootNode: { hasError: false }, delete() {} };
       }
       delete() {}
     }
     module.exports = { Parser, Language: { load: async () => ({}) } };`,
  );
  writeFileSync(join(folder, 'tree-sitter-go.wasm'), '');
  const load = createGrammarsLoader(createGrammarLoader(find));
  const onFault = (error: unknown): void => {
    throw error;
  };

  test('is not asked again, and replaced by a new one', async () => {
    const first = (await load(['go'], onFault)).get('go');
    expect(first?.parse('package a', countErrors)).toBe(0);
    expect(() => first?.parse('trap', countErrors)).toThrow('out of bounds');
    expect(first?.isWhole()).toBe(false);
    expect(first?.parse('package a', countErrors)).toBeUndefined();
    const second = (await load(['go'], onFault)).get('go');
    expect(second?.isWhole()).toBe(true);
    expect(second?.parse('package a', countErrors)).toBe(0);
  });
});

describe('parsing', () => {
  const javascript = grammars.get('javascript');

  test('gives the tree to its reader and takes it back, whatever the reader does', () => {
    expect(javascript?.parse('let a = 1;', ({ type }) => type)).toBe('program');
    expect(() =>
      javascript?.parse('let a = 1;', () => {
        throw new Error('a reader that fails');
      }),
    ).toThrow('a reader that fails');
    expect(javascript?.parse('let a = ;', countErrors)).toBe(1);
  });

  test('knows rows and columns in UTF-16 units', () => {
    const source = 'const a = "😀中\ud800é"; const b = 1;\n\nconst c = 2;\n';
    const found = javascript?.parse(source, ({ children }) =>
      children.map((node) => [node?.startPosition.row, node?.startPosition.column, node?.text]),
    );
    expect(found).toEqual([
      [0, 0, 'const a = "😀中\ud800é";'],
      [0, source.indexOf('const b'), 'const b = 1;'],
      [2, 0, 'const c = 2;'],
    ]);
  });

  const step = (index: number): string => `export function step${index}(a) {\n  return a * ${index};\n}\n`;
  const source = Array.from({ length: 300 }, (_, index) => step(index)).join('\n');

  test.each([
    ['brackets in brackets', '('.repeat(50_000) + ')'.repeat(50_000)],
    ['brackets that stay open, line after line', '[{(\n'.repeat(50_000)],
    ['comments that stay open', '/*'.repeat(100_000)],
    ['strings that stay open', '"\n'.repeat(100_000)],
    ['apostrophes', "'''\n".repeat(50_000)],
    ['templates in templates', '`${'.repeat(50_000)],
    ['type arguments that are none', Array.from({ length: 20_000 }, (_, index) => `a${index}<\n`).join('')],
    ['operators alone', '+-\n'.repeat(50_000)],
    ['one line of minified code', `!function(){${'var a=function(b){return b+1};'.repeat(18_000)}}();`],
  ])('is left to others for %s, behind any source', (_name, hostile) => {
    for (const grammar of [grammars.get('java'), grammars.get('cpp'), grammars.get('tsx')]) {
      expect(grammar?.parse(source, countErrors)).toBeDefined();
      expect(grammar?.parse(source + hostile, countErrors)).toBeUndefined();
    }
  });

  test.each([
    ['NUL', '\0'.repeat(10_000)],
    ['lone surrogates', '\ud800'.repeat(10_000)],
    ['words without sense', Array.from({ length: 800 }, (_, index) => `def a${index} do | then {`).join('\n')],
    ['marks of a preprocessor', Array.from({ length: 800 }, (_, index) => `#if A${index}`).join('\n')],
    ['here documents', Array.from({ length: 800 }, (_, index) => `cat <<EOF${index}`).join('\n')],
  ])('ends for every language with %s', (_name, hostile) => {
    for (const grammar of grammars.values()) {
      const errors = grammar.parse(`${source}${hostile}\n${source}`, countErrors);
      expect(errors === undefined || errors >= 0).toBe(true);
      expect(grammar.isWhole()).toBe(true);
    }
  });

  test('takes no more memory the hundredth time than the twentieth', () => {
    const large = codeFixture('cart.ts').text.repeat(20);
    const typescript = grammars.get('typescript');
    const externalAfter = (times: number): number => {
      for (let turn = 0; turn < times; turn++) typescript?.parse(large, countErrors);
      return process.memoryUsage().arrayBuffers + process.memoryUsage().external;
    };
    const before = externalAfter(20);
    expect(externalAfter(80) - before).toBeLessThan(8_000_000);
  });
});
