import { describe, expect, test } from 'vitest';
import type { CodeLanguage } from '../../../../src/compression/code/code-language.ts';
import { languagesOf, readLineSigns } from '../../../../src/compression/code/tell-language.ts';
import { detect } from '../../../../src/compression/detect.ts';
import { CODE_FIXTURES, codeFixture } from '../../../code-fixtures.ts';

function languagesIn(lines: readonly string[]): readonly CodeLanguage[] {
  const signs = readLineSigns(lines);
  return signs === undefined ? [] : languagesOf(signs);
}

const kindOf = (text: string): string => detect(text).kind;
const linesOf = (text: string): string[] => text.split('\n');
const repeat = (text: string, times = 6): string => Array.from({ length: times }, () => text).join('\n');

describe('source code', () => {
  test.each(CODE_FIXTURES)('is told from its lines: $file', ({ text, language }) => {
    expect(languagesIn(linesOf(text))).toContain(language);
    expect(kindOf(text)).toBe('code');
  });

  test.each(CODE_FIXTURES)('is told from a part of them: $file', ({ text }) => {
    const lines = linesOf(text);
    expect(kindOf(lines.slice(0, lines.length / 2).join('\n'))).toBe('code');
  });

  test('is told by the program that its first line names', () => {
    const script = ['#!/usr/bin/env python3', ...Array.from({ length: 20 }, (_, index) => `print(${index})`)];
    expect(languagesIn(script)).toEqual(['python']);
    expect(languagesIn(['<?php', ...Array.from({ length: 20 }, () => 'echo 1;')])).toEqual(['php']);
  });

  test.each([
    ['cat -n', (number: number) => `${String(number).padStart(6)}\t`],
    ['an arrow', (number: number) => `${String(number).padStart(6)}→`],
    ['a bar', (number: number) => `${String(number).padStart(4)}|`],
    ['a bar and a blank', (number: number) => `${String(number).padStart(4)}| `],
    ['a colon', (number: number) => `${number}:`],
    ['a colon and a blank', (number: number) => `${number}: `],
  ])('is known behind line numbers with %s', (_name, prefix) => {
    const code = linesOf(codeFixture('orders.py').text.trimEnd());
    const content = detect(code.map((line, index) => prefix(index + 1) + line).join('\n'));
    expect(content.kind === 'code' && content.source.code).toEqual(code);
  });

  test('is known in a fence and below what a tool says', () => {
    const { text } = codeFixture('ledger.go');
    const content = detect(`ledger.go:\n\n\`\`\`go\n${text}\`\`\`\n`);
    expect(content.kind === 'envelope' && content.envelope.frame === 'text' && content.envelope.parts).toMatchObject([
      { text: text.trimEnd() },
    ]);
    expect(kindOf(text.trimEnd())).toBe('code');
    expect(kindOf(`File: src/ledger.go\n\n${text}`)).toBe('code');
  });
});

describe('what only looks like it', () => {
  test.each([
    [
      'prose that speaks of code',
      'markdown',
      repeat(
        'To import the orders, call import_orders() with a path.\nThe function returns a list; if it is empty, nothing was read.\nClass Order is described below: it has a number and a date.\n',
      ),
    ],
    [
      'Markdown with some code in fences',
      'markdown',
      repeat(
        '## Orders\n\nTo read the orders of a day, call the function below with a date.\n\n```py\ndef read(day):\n    return load(day)\n```\n\nIt returns a list, which may be empty on a holiday.\n',
      ),
    ],
    ['a log', 'log', repeat('2024-05-01T00:00:01Z INFO def run(): started\n2024-05-01T00:00:02Z ERROR import failed;')],
    [
      'JSON',
      'json',
      JSON.stringify(
        Array.from({ length: 30 }, () => ({ code: 'const a = 1;' })),
        undefined,
        2,
      ),
    ],
    ['settings', 'config', repeat('[server]\nhost = "localhost"\nport = 8080\ndebug = false\n')],
    [
      'a diff of code',
      'diff',
      `diff --git a/a.py b/a.py\n--- a/a.py\n+++ b/a.py\n@@ -1,20 +1,20 @@\n${repeat(' def a():\n-    return 1\n+    return 2', 10)}\n`.replace(
        '1,20 +1,20',
        '1,20 +1,20',
      ),
    ],
    [
      'hits of a search in code',
      'search',
      Array.from({ length: 30 }, (_, index) => `src/a${index % 3}.py:${index * 7 + 1}:def run_${index}(self):`).join(
        '\n',
      ),
    ],
    [
      'a table of values',
      'csv',
      `id,name,def\n${Array.from({ length: 30 }, (_, index) => `${index},import,class`).join('\n')}`,
    ],
    ['a page', 'html', `<!doctype html>\n<script>\n${repeat('const a = () => {\n  return 1;\n};')}\n</script>`],
    [
      'SQL',
      'text',
      repeat('CREATE TABLE orders (\n  id integer PRIMARY KEY,\n  total numeric NOT NULL\n);\nSELECT id FROM orders;'),
    ],
    [
      'Perl',
      'text',
      repeat('use strict;\nmy $total = 0;\nsub add {\n  my ($self, $n) = @_;\n  $self->{total} += $n;\n}'),
    ],
    [
      'Elixir',
      'text',
      repeat(
        'defmodule Shop.Cart do\n  @moduledoc false\n  def add(cart, item) do\n    cart |> Map.put(:item, item)\n  end\nend',
      ),
    ],
    [
      'Kotlin',
      'text',
      repeat(
        'class Cart(val id: String) {\n  private val items = mutableListOf<Item>()\n  fun add(item: Item) {\n    items += item\n  }\n}',
      ),
    ],
  ])('%s is %s', (_name, kind, text) => {
    expect(kindOf(text)).toBe(kind);
  });

  test('minified code is left alone: it has no lines to choose from', () => {
    expect(kindOf(`!function(){${'var a=function(b){return b+1};'.repeat(2_000)}}();\n`.repeat(15))).not.toBe('code');
  });

  test('some lines of code are too few to tell', () => {
    expect(kindOf('def a():\n    return 1\n\ndef b():\n    return 2\n')).toBe('text');
  });
});

test('takes time in proportion to hostile lines', () => {
  const hostile = [
    `const ${'a'.repeat(200)}`,
    `${' '.repeat(150)}(`,
    'pub '.repeat(40),
    `${'async '.repeat(25)}x`,
    `public ${'static '.repeat(20)}`,
    `${'a.b'.repeat(50)}:`,
    'a:: '.repeat(40),
    '$a->'.repeat(40),
  ];
  const start = performance.now();
  for (const line of hostile) languagesIn(Array.from({ length: 20_000 }, () => line));
  expect(performance.now() - start).toBeLessThan(3_000);
});
