import { describe, expect, test } from 'vitest';
import { detect } from '../../../src/compression/detect.ts';

const kindOf = (...lines: readonly string[]): string => detect(lines.join('\n')).kind;

describe('a page of HTML', () => {
  test('is known by its beginning, behind headers too', () => {
    expect(kindOf('<!doctype html>', '<p>One')).toBe('html');
    expect(kindOf('HTTP/2 200', 'content-type: text/html', '', '<html lang="en">', '<p>One</p>')).toBe('html');
    expect(kindOf('Status: 200', '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN">', '<p>One</p>')).toBe('html');
  });

  test('can be a fragment whose tags are those of HTML', () => {
    expect(
      kindOf('<div class="a">', ...Array.from({ length: 9 }, (_, index) => `<p>Text ${index}<br>`), '</div>'),
    ).toBe('html');
  });

  test('is none within code, Markdown or other markup', () => {
    expect(kindOf('import x', 'a = 1', 'b = 2', 'c = 3', 'PAGE = """', '<html>', '</html>', '"""')).toBe('text');
    expect(
      kindOf(
        '# Pages',
        '',
        'A page of ours is written as a template, like this one:',
        '',
        '```',
        '<html>',
        '<p>Hello',
        '</html>',
        '```',
        '',
        '## More',
        '',
        '- Put it into the folder.',
        '- Start the server again.',
        '- Open the page.',
      ),
    ).toBe('markdown');
    expect(
      kindOf('<project>', '<modelVersion>4.0.0</modelVersion>', '<artifactId>shop</artifactId>', '</project>'),
    ).toBe('xml');
  });
});

describe('a document', () => {
  test('has headings, by sign or underlined, above text', () => {
    const body = [
      'Orders are kept for a year and then they are gone.',
      '',
      '- one by one',
      '- all at once',
      '',
      'See [the guide](guide.md).',
    ];
    expect(kindOf('# Orders', '', ...body, '', '## More', '', ...body)).toBe('markdown');
    expect(kindOf('Orders', '======', '', ...body, '', 'More', '----', '', ...body)).toBe('markdown');
  });

  test('can be prose of some paragraphs', () => {
    const paragraph =
      'The shop opened its doors in the spring of that year, and nobody had expected how many people would come.';
    expect(kindOf(...Array.from({ length: 8 }, () => [paragraph, '']).flat())).toBe('markdown');
  });

  test('is not code with comments, nor a script', () => {
    const code = [
      '# Reads the orders of a day.',
      'def read(day):',
      '    # The file can be missing.',
      '    path = folder / day',
      '    return [parse(line) for line in open(path)]',
      '',
    ];
    expect(kindOf(...code, ...code, ...code)).toBe('code');
    const script = [
      '# Build it',
      'npm ci',
      'npm run build',
      '# Ship it',
      'tar czf shop.tgz dist',
      'scp shop.tgz host:/srv',
      '',
    ];
    expect(kindOf(...script, ...script)).toBe('text');
  });
});

describe('settings', () => {
  test('are YAML, TOML, INI, properties', () => {
    expect(
      kindOf(
        '# ours',
        'on: push',
        'jobs:',
        '  build:',
        '    runs-on: linux',
        '    steps:',
        '      - uses: checkout',
        '      - run: npm test',
        '  lint:',
        '    runs-on: linux',
      ),
    ).toBe('config');
    expect(
      kindOf(
        '[package]',
        'name = "shop"',
        'version = "1.0.0"',
        '',
        '[dependencies]',
        'serde = "1"',
        'tokio = { version = "1", features = ["full"] }',
        'axum = "0.7"',
        'hyper = "1"',
      ),
    ).toBe('config');
    expect(kindOf(...Array.from({ length: 12 }, (_, index) => `SHOP_OPTION_${index}=value ${index}`))).toBe('config');
  });

  test('are not code that sets variables', () => {
    expect(
      kindOf(
        'import os',
        'a = os.getcwd()',
        'b = a.strip()',
        'for x in b:',
        '    print(x)',
        'if a:',
        '    c = f(b)',
        'else:',
        '    raise ValueError(a)',
        'd = g(c)',
      ),
    ).toBe('text');
  });
});

describe('XML', () => {
  test('is well formed, whole or broken off', () => {
    expect(kindOf('<a>', '<b>1</b>', '<c x="2"/>', '</a>')).toBe('xml');
    expect(kindOf('<a>', '<b>1</b>', '<c x="2"/>', '<d>')).toBe('xml');
    expect(kindOf('<a>', '<b>1</c>', '<d/>', '</a>')).toBe('text');
  });
});
