import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runCli, temporaryFolder } from './run-cli.ts';
import { CONVERSATION, LOG } from './sample-conversation.ts';

const HOSTILE = `</code></pre></details><script>alert("x")</script><img src=x onerror='alert(1)'>&amp;\u202E\0`;
const folder = temporaryFolder();
afterAll(() => folder.remove());

/** The page of an input, from standard output. */
const pageOf = (input: string, args: readonly string[] = []): string => {
  const { status, stdout, stderr } = runCli(['inspect', '-', '--html', '-', ...args], { input });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
};

const VOID = new Set(['meta', 'col']);

interface Tag {
  readonly name: string;
  readonly attributes: string;
}

/** Every opening tag of a page in which all of them are closed, in order. Only quoted attributes are understood. */
function tagsOf(page: string): readonly Tag[] {
  const opened: Tag[] = [];
  const open: string[] = [];
  const text = page.replace(/^<!doctype html>\n/, '').replace(/<style>[^<]*<\/style>/, '');
  const rest = text.replace(
    /<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"<>]*")?)*)>/g,
    (_tag, slash, name, attributes) => {
      if (slash === '/') expect(open.pop()).toBe(name);
      else if (!VOID.has(String(name))) open.push(String(name));
      if (slash === '') opened.push({ name: String(name), attributes: String(attributes) });
      return '';
    },
  );
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>]/);
  expect(rest).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39);)/);
  return opened;
}

describe('the page', () => {
  const page = pageOf(JSON.stringify(CONVERSATION));

  test('is well-formed, and needs no script and nothing from elsewhere', () => {
    const tags = tagsOf(page);
    expect(tags.length).toBeGreaterThan(100);
    expect(tags.filter(({ name }) => ['script', 'link', 'img', 'iframe', 'object', 'base'].includes(name))).toEqual([]);
    expect(tags.filter(({ attributes }) => /\s(?:src|on\w+)=|href="(?!#)/.test(attributes))).toEqual([]);
    expect(page).not.toMatch(/url\(|@import/);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  test('has the totals, the table and both texts of each result', () => {
    expect(page).toMatch(/<dt>saved<\/dt><dd>\d+\.\d %<\/dd>/);
    expect(page.match(/<tr class="rewritten">/g)).toHaveLength(2);
    expect(page.match(/<details class="result" id="result-\d+" open>/g)).toHaveLength(2);
    expect(page).toContain('list_orders');
    expect(page).toContain('card declined');
    expect(page).toContain('Restored: 2 of 2');
  });

  test('marks what was left out, in a part that opens, and the notice', () => {
    expect(page).toMatch(
      /<details class="gone"><summary>\d+ rows left out: \d+-\d+<\/summary><pre><code>\{&quot;id&quot;:/,
    );
    expect(page).toMatch(/<mark>\[[^<]*left out[^<]*headroom_retrieve[^<]*<\/mark>/);
  });

  test('is for readers of all kinds: language, headings, names of regions, both colour schemes', () => {
    expect(page).toContain('<html lang="en">');
    expect(page).toContain('name="viewport"');
    const levels = [...page.matchAll(/<h(\d)>/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    expect(levels.every((level, index) => index === 0 || level <= (levels[index - 1] ?? 0) + 1)).toBe(true);
    for (const { attributes } of tagsOf(page).filter(({ attributes }) => attributes.includes('tabindex'))) {
      expect(attributes).toMatch(/role="region".*aria-label="[^"]+"/);
    }
    for (const { name, attributes } of tagsOf(page)) if (name === 'th') expect(attributes).toContain('scope=');
    expect(page).toContain('prefers-color-scheme: dark');
  });
});

test.each([
  ['a text', `${HOSTILE}\n`.repeat(30), []],
  [
    'rows that are left out',
    JSON.stringify(Array.from({ length: 400 }, (_, id) => ({ id, name: `${HOSTILE} ${id}` }))),
    [],
  ],
  ['lines that are left out', LOG.replaceAll('INFO', HOSTILE), []],
  ['the name of a tool', LOG, ['--tool', `<script>alert("${HOSTILE.slice(0, 20)}")</script>`]],
  ['the name of a model', LOG, ['--model', '"><script>alert(1)</script>']],
  [
    'the arguments of a call',
    JSON.stringify([
      { role: 'assistant', tool_calls: [{ id: 'c', function: { name: 'x', arguments: HOSTILE } }] },
      { role: 'tool', tool_call_id: 'c', content: LOG },
    ]),
    [],
  ],
])('%s can not break out of the page', (_what, input, args) => {
  const page = pageOf(input, args);
  const names = new Set(tagsOf(page).map(({ name }) => name));
  expect(names.has('script') || names.has('img')).toBe(false);
  expect(page).not.toMatch(/[^\t\n\P{Cc}]|\p{Bidi_Control}/u);
});

test('goes to a file, while the table goes to standard output and where it is to standard error', () => {
  const path = join(folder.path, 'report.html');
  const { status, stdout, stderr } = runCli(['inspect', '-', '--html', path], { input: LOG });
  expect({ status, stderr }).toEqual({ status: 0, stderr: `The page is in ${path}.\n` });
  expect(readFileSync(path, 'utf8')).toBe(pageOf(LOG));
  expect(stdout).toContain('log-lines');
  expect(stdout).not.toContain('before:');
});

test('cuts long texts and says so, unless the whole is wanted', () => {
  const long = Array.from({ length: 9_000 }, (_, index) => `${index} ${(index * 7_919) % 104_729}`).join('\n');
  const cut = pageOf(long);
  expect(cut).toMatch(/[\d,]+ lines? more: --full shows them/);
  const whole = pageOf(long, ['--full']);
  expect(whole).not.toContain('--full shows');
  expect(whole.length).toBeGreaterThan(cut.length);
});
