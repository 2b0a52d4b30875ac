import { expect, test } from 'vitest';
import { escapeHtml } from '../../../src/cli/escape-html.ts';
import { visibleText } from '../../../src/cli/visible-text.ts';

test.each([
  ['\u001B[31mred\u001B[0m', '␛[31mred␛[0m'],
  ['a\0b\u007F\r', 'a␀b␡␍'],
  ['\u009B2J', '\\u{9b}2J'],
  ['\u202Egnp.exe', '\\u{202e}gnp.exe'],
  ['\u{E0041}hidden', '\\u{e0041}hidden'],
  ['\uD83D half', '\\u{d83d} half'],
  ['\uFEFFmark\u2028', '\\u{feff}mark\\u{2028}'],
  ['tab\tand 👩‍👩‍👧', 'tab\tand 👩‍👩‍👧'],
])('%j is shown as %j', (text, shown) => {
  expect(visibleText(text)).toBe(shown);
});

test('HTML keeps its lines, and nothing in it is a tag, an entity or the end of an attribute', () => {
  expect(escapeHtml(`<b title="x">\n&lt; 'y'\0`)).toBe('&lt;b title=&quot;x&quot;&gt;\n&amp;lt; &#39;y&#39;␀');
});
