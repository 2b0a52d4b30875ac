import { describe, expect, test } from 'vitest';
import { htmlPage } from '../../../../src/compression/selection/html-page.ts';

function select(text: string, query = '', budgetTokens = 400): string {
  const selected = htmlPage.select(
    { kind: 'html', text },
    { query, budgetTokens, count: (part) => part.length / 4, retrievalId: 'abc123' },
  );
  return selected?.text ?? '';
}

const body = (text: string, query?: string, budgetTokens?: number): string => {
  const selected = select(text, query, budgetTokens);
  return selected.slice(selected.indexOf(']') + 1).trim();
};

const menu = `<nav><ul>${Array.from({ length: 12 }, (_, index) => `<li><a href="/m/${index}">Menu ${index}</a></li>`).join('')}</ul></nav>`;
const filler = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) =>
      `<p>Paragraph ${index} speaks at some length of plain things that nobody will ever ask about at all.</p>`,
  ).join('\n');

describe('the text of a page', () => {
  test('is Markdown: headings, paragraphs, lists, tables, listings', () => {
    const page = `<html><head><title>Orders</title><style>p { color: red }</style></head><body>${menu}
      <main><h1>Orders</h1><p>How   orders
      are <b>taken</b> &amp; <code>kept</code>.</p>
      <ol><li>Take<li>Pack<ul><li>Wrap</li></ul></ol>
      <table><tr><th></th><th>Count</th></tr><tr><td>Open</td><td>17</td></tr></table>
      <dl><dt>retry</dt><dd>How often.</dd></dl>
      <pre>npm install\n  --save</pre></main>
      <script>track("<p>no</p>")</script><footer>All rights reserved.</footer></body></html>`;
    expect(body(page)).toBe(
      [
        '# Orders',
        '',
        'How orders are taken & `kept`.',
        '1. Take',
        '2. Pack',
        '  - Wrap',
        '| | Count |\n|---|---|',
        '| Open | 17 |',
        '',
        'retry: How often.',
        '',
        '```\nnpm install\n  --save\n```',
      ].join('\n'),
    );
  });

  test('stands behind a notice that says what it is, with the id of the page', () => {
    const page = `<html><body>\n${filler(3)}\n</body></html>\n`;
    const selected = htmlPage.select(
      { kind: 'html', text: page },
      { query: '', budgetTokens: 400, count: (part) => part.length / 4, retrievalId: 'abc123' },
    );
    expect(selected?.text).toMatch(
      /^\[The text of an HTML page of 5 lines; tags, scripts, navigation left out\. To read the source call headroom_retrieve with id "abc123" and lines "1-5" or a part of them\.\]\n/,
    );
    expect(selected).toMatchObject({ unit: 'lines', total: 5, leftOut: [{ first: 1, last: 5 }] });
  });

  test('has the addresses of links where they are few, or where the query asks for them', () => {
    const few = `<html><main>${filler(3)}<p>See <a href="/guide">the guide</a>.</p></main></html>`;
    const many = `<html><main>${Array.from({ length: 9 }, (_, index) => `<p>See <a href="https://example.com/of/${index}">that long and winding guide number ${index}</a> first.</p>`).join('')}</main></html>`;
    expect(body(few)).toContain('See [the guide](/guide).');
    expect(select(many)).not.toContain('https://example.com');
    expect(select(many)).toContain('link addresses left out');
    expect(body(many, 'Which URL has guide number 7?')).toContain(
      '[that long and winding guide number 7](https://example.com/of/7)',
    );
  });

  test('is cut when it is far over the budget: the outline stays, and what the query asks for', () => {
    const page = `<html><body><h1>Shop</h1>${filler(40)}<h2>Returns</h2>\n${filler(40)}\n<p>A parcel may be sent back within 31 days.</p>\n${filler(40)}<h2>Jobs</h2>${filler(9)}</body></html>`;
    const text = body(page, 'How many days until a parcel can no longer be sent back?', 300);
    expect(text).toContain('A parcel may be sent back within 31 days.');
    expect(text).toMatch(/\n## Returns \(lines \d+-\d+\)\n/);
    expect(text).toMatch(/\n## Jobs \(lines \d+-\d+\)/);
    expect(text).toContain('[...]');
    expect(text.length).toBeLessThan(page.length / 5);
  });

  test('has of what stands beside the content only what the query asks for', () => {
    const page = `<html><body><main><h1>News</h1>${filler(6)}</main><footer><p>Imprint</p><p>Call us under 555-0117 in the mornings.</p></footer></body></html>`;
    expect(body(page, 'What is new?')).not.toContain('555-0117');
    expect(body(page, 'When in the mornings can I call?')).toContain('Call us under 555-0117 in the mornings.');
  });

  test('is not taken for navigation when it is all there is', () => {
    const page = `<html><body><div class="sidebar">${filler(3)}</div></body></html>`;
    expect(body(page)).toContain('Paragraph 2 speaks');
  });

  test('is the page itself when the call read a file of the caller', () => {
    const page = `<html><body>${filler(9)}</body></html>`;
    expect(select(page, 'Fix the button. {"file_path":"src/views/index.html"}')).toBe('');
    expect(select(page, 'What is new? {"url":"https://example.com/index.html"}')).not.toBe('');
  });

  test.each([
    ['tags that never end', '<a'.repeat(100_000)],
    ['quotes that never end', '<a href="'.repeat(50_000)],
    ['lists in lists', '<ul><li>x '.repeat(10_000)],
    ['end tags of nothing', '<div>'.repeat(10_000) + '</span>'.repeat(50_000)],
    ['an endless attribute', `<p title="${'x'.repeat(2_000_000)}">hello`],
    ['a page on one line', '<p>An order failed here.</p>'.repeat(20_000)],
    ['links in one paragraph', `<p>${'<a href=/x>y</a> '.repeat(50_000)}`],
  ])('is read in time in proportion to %s', (_, hostile) => {
    const start = performance.now();
    select(`<html><body><h1>Orders</h1>${hostile}`, 'Which order failed?');
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
