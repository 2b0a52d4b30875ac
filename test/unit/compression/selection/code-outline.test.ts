import { describe, expect, test } from 'vitest';
import { countErrors } from '../../../../src/compression/code/syntax-nodes.ts';
import { detect } from '../../../../src/compression/detect.ts';
import { codeOutline } from '../../../../src/compression/selection/code-outline.ts';
import type { Selected } from '../../../../src/compression/strategy.ts';
import { CODE_FIXTURES, codeFixture, fillGaps, grammars, linesSaidToBeMissing } from '../../../code-fixtures.ts';

interface Asked {
  readonly query?: string;
  readonly budgetTokens?: number;
  readonly retrievalId?: string | undefined;
}

function outlineOf(text: string, asked: Asked = {}): Selected {
  const { query, budgetTokens, retrievalId } = { query: '', budgetTokens: 200, retrievalId: 'the-id', ...asked };
  const content = detect(text);
  expect(content.kind).toBe('code');
  if (content.kind !== 'code') throw new Error('not code');
  const selected = codeOutline.select(content, { query, budgetTokens, retrievalId, grammars, count: (t) => t.length });
  if (selected === undefined) throw new Error('nothing was left out');
  return selected;
}

/** What stands above the notice. */
const codeOf = ({ text }: Selected): string => text.slice(0, text.lastIndexOf('\n['));
const withoutNewline = (text: string): string => text.replace(/\n$/, '');
const numbered = (text: string, from = 1): string =>
  withoutNewline(text)
    .split('\n')
    .map((line, index) => `${String(from + index).padStart(6)}\t${line}`)
    .join('\n');
/** A part of a text, from the line that begins with one text to the next that begins with the other. */
function part(text: string, first: string, last: string): string {
  const start = text.indexOf(`\n${first}`) + 1;
  const end = text.indexOf(`\n${last}`, start) + 1;
  return text.slice(start, end + last.length);
}

describe.each(CODE_FIXTURES)('the outline of $file', ({ text, language, signature }) => {
  const selected = outlineOf(text);
  const code = codeOf(selected);

  test('is much shorter, and has every declaration', () => {
    expect(code.length).toBeLessThan(text.length * 0.62);
    const declarations = text.split('\n').filter((line) => signature.test(line));
    expect(declarations.length).toBeGreaterThan(2);
    for (const line of declarations) expect(code.split('\n')).toContain(line);
  });

  test('says of each line that is missing that it is, and of no other', () => {
    expect(fillGaps(code, text)).toBe(withoutNewline(text));
    const missing = selected.leftOut.flatMap(({ first, last }) =>
      Array.from({ length: last - first + 1 }, (_, index) => first + index),
    );
    expect(linesSaidToBeMissing(code)).toEqual(missing);
    expect(selected.total).toBe(withoutNewline(text).split('\n').length);
    expect(selected.text).toContain(`of ${selected.total}`);
    expect(selected.text).toContain('id "the-id"');
  });

  test('parses', () => {
    const errorsIn = (source: string) => grammars.get(language)?.parse(source, countErrors);
    expect(errorsIn(text)).toBe(0);
    expect(errorsIn(code)).toBe(0);
  });

  test('is the same behind line numbers, each of which stays before its line', () => {
    const outline = outlineOf(numbered(text));
    expect(fillGaps(codeOf(outline), numbered(text))).toBe(numbered(text));
    expect(outline.leftOut).toEqual(selected.leftOut);
  });

  test('is the same with carriage returns', () => {
    const windows = text.replaceAll('\n', '\r\n');
    const outline = outlineOf(windows);
    expect(outline.leftOut).toEqual(selected.leftOut);
    expect(fillGaps(codeOf(outline), windows)).toBe(withoutNewline(windows));
  });
});

describe('what the question names', () => {
  test.each([
    ['orders.py', 'What does `apply_coupons` do?', 'def apply_coupons', '    return max(cents, 0)'],
    ['orders.py', 'How are the coupons applied?', 'def apply_coupons', '    return max(cents, 0)'],
    ['orders.py', 'Why does Checkout.cancel fail?', '    def cancel', '        self._repository.save(order)'],
    ['cart.ts', 'Show me applyDiscount()', '  applyDiscount(', "    this.emit('changed', this);\n  }"],
    ['cart.ts', '{"path":"src/cart.ts","symbol":"shippingCents"}', 'export function shippingCents', '}'],
    ['ledger.go', 'What is checked by validate?', 'func validate', '}'],
    ['Inventory.java', 'Where are expired reservations dropped?', '  private void dropExpired', '  }'],
    ['queue.rs', 'handle_failure', '    fn handle_failure', '    }'],
    ['cache.cpp', 'What does evict() do with the listener?', '  void evict', '  }'],
    ['report.rb', 'How is best_day found?', '    def best_day', '    end'],
    ['deploy.sh', 'What does remove_old_releases do?', 'remove_old_releases() {', '}'],
    ['Invoice.php', 'dueDate', '    public function dueDate', '    }'],
    ['Shipment.cs', 'EarliestPickup', '        public DateTime EarliestPickup', '        }'],
    ['Panel.tsx', 'What does groupByDay do?', 'function groupByDay', '}'],
  ])('stands whole in %s: %s', (file, query, first, last) => {
    const { text } = codeFixture(file);
    const definition = part(text, first, last);
    expect(definition.split('\n').length).toBeGreaterThan(4);
    const code = codeOf(outlineOf(text, { query, budgetTokens: 100 }));
    expect(code).toContain(definition);
    expect(code).toMatch(/left out/);
  });

  test('is shown with the lines that call it, and the signatures around them', () => {
    const code = codeOf(
      outlineOf(codeFixture('orders.py').text, { query: 'Who calls `shipping_cents`?', budgetTokens: 300 }),
    );
    expect(code).toContain('    def place(self, order: Order) -> int:');
    expect(code).toContain('            total += shipping_cents(order)');
    expect(code).not.toContain('self._reserved[line.sku] -= line.quantity');
  });

  test('can be said in a body alone', () => {
    const code = codeOf(
      outlineOf(codeFixture('ledger.go').text, { query: 'What happens to pending entries when append fails?' }),
    );
    expect(code).toContain('l.pending = append(batch, l.pending...)');
  });

  test('is not the file that was read, nor the name of an argument', () => {
    const { text } = codeFixture('orders.py');
    const argument = outlineOf(text, { query: '{"file_path":"/srv/shop/orders/cancel.py","place":1}' });
    expect(argument.text).toBe(outlineOf(text).text);
  });
});

describe('an outline', () => {
  test('keeps constants, and of a long list how it begins', () => {
    const code = codeOf(outlineOf(codeFixture('orders.py').text));
    expect(code).toContain('FREE_SHIPPING_FROM_CENTS = 5_000');
    expect(code).toContain('TAX_RATES = {\n    "AT": 0.20,\n    "BE": 0.21,\n    # lines');
  });

  test('keeps short comments before long ones', () => {
    const code = codeOf(outlineOf(codeFixture('orders.py').text, { budgetTokens: 500 }));
    expect(code).toContain('"""Takes orders."""');
    expect(code).not.toContain('bring them back with one click');
  });

  test('puts a statement where Python and shells want one', () => {
    const python = codeOf(outlineOf(codeFixture('orders.py').text, { budgetTokens: 100 }));
    expect(python).toMatch(/\n {4}\.\.\. {2}# lines \d+-\d+ left out\n/);
    const shell = codeOf(outlineOf(codeFixture('deploy.sh').text, { budgetTokens: 100 }));
    expect(shell).toMatch(/\nbuild\(\) \{\n {2}: {2}# lines \d+-\d+ left out\n\}/);
  });

  test('keeps the titles of tests', () => {
    const code = codeOf(outlineOf(codeFixture('cart.test.js').text));
    for (const title of ['adds up what is in it', 'takes a discount off the total', 'is told of what changes']) {
      expect(code).toContain(`  it('${title}', async () => {`);
    }
  });

  test('keeps all of a signature, whatever stands in it', () => {
    const options =
      'export function open({\n  path,\n  mode,\n}: {\n  path: string;\n  mode: number;\n  flags: string[];\n}): void {';
    const source = `${options}\n${'  step(path, mode);\n'.repeat(40)}}\n${codeFixture('cart.ts').text}`;
    expect(codeOf(outlineOf(source))).toContain(options);
  });

  test('tells of declarations by name alone where they are too many', () => {
    const source = Array.from(
      { length: 3_000 },
      (_, index) => `export function step${index}(input: number): number {\n  return input * ${index} + 1;\n}\n`,
    ).join('\n');
    const { text, leftOut } = outlineOf(source, { query: 'step1234', budgetTokens: 2_500 });
    expect(text.length).toBeLessThan(source.length / 4);
    expect(text).toContain('export function step1234(input: number): number {\n  return input * 1234 + 1;\n}');
    expect(text).toMatch(/\/\/ lines \d+-\d+ left out: step\d+, step\d+, .+ and \d+ more\n/);
    expect(fillGaps(text.slice(0, text.lastIndexOf('\n[')), source)).toBe(withoutNewline(source));
    expect(leftOut.length).toBeGreaterThan(0);
  });

  test('names no id when the original can not be had', () => {
    expect(outlineOf(codeFixture('ledger.go').text, { retrievalId: undefined }).text).not.toContain(
      'headroom_retrieve',
    );
  });
});

describe('a part of a file', () => {
  test.each([['cart.ts'], ['Inventory.java'], ['cache.cpp'], ['ledger.go'], ['queue.rs'], ['orders.py']])(
    'that breaks off in the middle of %s is outlined as far as it goes',
    (file) => {
      const lines = codeFixture(file).text.split('\n');
      const text = lines.slice(0, Math.floor(lines.length * 0.7)).join('\n');
      const selected = outlineOf(text, { budgetTokens: 200 });
      expect(selected.text.length).toBeLessThan(text.length * 0.8);
      expect(fillGaps(codeOf(selected), text)).toBe(withoutNewline(text));
    },
  );

  test('that was asked for by its lines stays whole', () => {
    const lines = codeFixture('orders.py').text.split('\n').slice(60, 170).join('\n');
    const content = detect(numbered(lines, 61));
    expect(content.kind).toBe('code');
    if (content.kind !== 'code') return;
    const request = { query: '', budgetTokens: 100, retrievalId: 'the-id', grammars, count: () => 1 };
    expect(codeOutline.select(content, request)).toBeUndefined();
  });

  test('counts its lines from its own first, and says so where it is numbered otherwise', () => {
    const source = codeFixture('ledger.go').text.repeat(2);
    const text = numbered(source, 901);
    const selected = outlineOf(text);
    expect(selected.leftOut[0]?.first).toBeLessThan(100);
    expect(selected.text).toContain('counted from the first line of this result');
  });

  test('stands between what the tool says around it', () => {
    const text = `Here's the result of running \`cat -n\` on /srv/shop/ledger.go:\n${numbered(codeFixture('ledger.go').text)}\n(no more lines)\n`;
    const { text: outline, leftOut } = outlineOf(text);
    expect(outline.startsWith("Here's the result")).toBe(true);
    expect(outline).toContain('\n(no more lines)\n[');
    expect(leftOut[0]?.first).toBeGreaterThan(1);
    expect(fillGaps(outline.slice(0, outline.lastIndexOf('\n[')), text)).toBe(text.replace(/\n$/, ''));
  });

  test('can stand in a fence', () => {
    const text = `cart.ts\n\`\`\`ts\n${codeFixture('cart.ts').text}\`\`\``;
    const outline = outlineOf(text);
    expect(fillGaps(codeOf(outline), text)).toBe(text);
    expect(outline.text).toContain('\n```\n[');
  });
});

describe('code that can not be parsed', () => {
  const request = { query: '', budgetTokens: 100, retrievalId: 'the-id', grammars, count: () => 1 };

  test('stays whole where no grammar is there', () => {
    const content = detect(codeFixture('orders.py').text);
    if (content.kind !== 'code') throw new Error('not code');
    expect(codeOutline.select(content, { ...request, grammars: undefined })).toBeUndefined();
    expect(codeOutline.select(content, { ...request, grammars: new Map() })).toBeUndefined();
  });

  test('stays whole where it is full of errors', () => {
    const text = codeFixture('orders.py').text.replaceAll(':\n', ' then begin {\n');
    const content = detect(text);
    if (content.kind !== 'code') return;
    expect(codeOutline.select(content, request)).toBeUndefined();
  });

  test('keeps what an error is in, and leaves out the rest', () => {
    const { text } = codeFixture('cart.ts');
    const broken = text.replace('const wasThere = ', 'const wasThere = = )(');
    const selected = outlineOf(broken);
    expect(selected.text).toContain('const wasThere = = )(');
    expect(selected.text).not.toContain('cents += product.cents * quantity');
    expect(fillGaps(codeOf(selected), broken)).toBe(withoutNewline(broken));
  });
});

describe('characters that are not those of ASCII', () => {
  test('do not move a line', () => {
    const text = codeFixture('cart.ts')
      .text.replaceAll('discount', 'rabatt_é中文😀'.replace('😀', ''))
      .replaceAll("'cleared'", "'😀 leer \ud800'")
      .replaceAll('// From ten', '// 😀😀 \udfff Ab zehn');
    const selected = outlineOf(text);
    expect(fillGaps(codeOf(selected), text)).toBe(withoutNewline(text));
    expect(codeOf(selected)).toContain('  totalCents(): number {');
    expect(codeOf(selected)).not.toContain('cents += product.cents');
  });

  test('may be NUL', () => {
    const text = codeFixture('cart.ts').text.replaceAll("'percent'", "'per\0cent'");
    const selected = outlineOf(text);
    expect(fillGaps(codeOf(selected), text)).toBe(withoutNewline(text));
  });
});
