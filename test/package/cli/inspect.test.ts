import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { runCli, startCli, temporaryFolder } from './run-cli.ts';
import { CONVERSATION, LOG, ORDERS, QUESTION, SHAPES } from './sample-conversation.ts';

const ESCAPE = '\u001B';
const folder = temporaryFolder();
afterAll(() => folder.remove());

const conversation = folder.write('conversation.json', JSON.stringify(CONVERSATION));

/** Number, tool, kind, strategy, reason, before, after and saved, as the table shows them. */
const rowsOf = (output: string): readonly (readonly string[])[] =>
  [...output.matchAll(/^ *(\d+) {2}(\S+) +(\S+) +(\S+) +(\S+) +([\d,]+) → +([\d,]+) +(-?[\d.]+ %)$/gm)].map(
    ([, ...cells]) => cells,
  );

describe('the command', () => {
  test('prints its version, and help with examples', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
    expect(runCli(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
    for (const args of [['--help'], ['inspect', '--help']]) {
      const { status, stdout, stderr } = runCli(args);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toContain('Usage: headroom-hooks');
    }
    expect(runCli(['inspect', '--help']).stdout).toContain('npx headroom-hooks inspect conversation.json');
  });

  test.each([
    { what: 'an option that does not exist', args: ['inspect', conversation, '--colour'], says: '--colour' },
    { what: 'a command that does not exist', args: ['inspct', conversation], says: 'inspct' },
    { what: 'no input', args: ['inspect'], says: "'file'" },
    { what: 'two inputs', args: ['inspect', 'a', 'b'], says: 'Too many arguments' },
    { what: 'a loss that does not exist', args: ['inspect', conversation, '--loss', 'some'], says: 'recoverable' },
    { what: 'a number that is none', args: ['inspect', conversation, '--result', 'x'], says: 'whole number' },
    { what: 'an empty model', args: ['inspect', conversation, '--model', ''], says: 'empty' },
    { what: 'a result that does not exist', args: ['inspect', conversation, '--result', '3'], says: 'has 2' },
    { what: 'a query beside messages', args: ['inspect', conversation, '--query', 'why'], says: '--query' },
    { what: 'a tool beside messages', args: ['inspect', conversation, '--tool', 'x'], says: '--tool' },
    { what: 'two texts on standard output', args: ['inspect', conversation, '--json', '--html', '-'], says: '--html' },
    { what: 'one result in a page', args: ['inspect', conversation, '--html', '-', '--result', '1'], says: '--result' },
    { what: 'a file that is not there', args: ['inspect', join(folder.path, 'none.json')], says: 'no such file' },
    { what: 'a page that can not be written', args: ['inspect', conversation, '--html', folder.path], says: 'EISDIR' },
  ])('answers $what with one line on standard error and exit code 2', ({ args, says }) => {
    const { status, stdout, stderr } = runCli(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^headroom-hooks: [A-Z-].*[.?)]\n$/);
    expect(stderr).toContain(says);
  });

  test('without a command prints help on standard error, and fails', () => {
    const { status, stdout, stderr } = runCli([]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('inspect');
  });
});

describe('inspect, by its input', () => {
  test.each(Object.entries(SHAPES))('reads %s', (_name, messages) => {
    const { status, stdout, stderr } = runCli(['inspect', '-'], { input: JSON.stringify(messages) });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(`${messages.length} messages with 2 tool results`);
    expect(rowsOf(stdout).map(([number, tool, kind, , reason]) => [number, tool, kind, reason])).toEqual([
      ['1', 'list_orders', 'json', 'compressed'],
      ['2', 'read_log', 'log', 'compressed'],
    ]);
  });

  test.each([
    ['an object that holds messages', JSON.stringify({ messages: CONVERSATION })],
    ['the call options of a language model', JSON.stringify({ prompt: CONVERSATION, temperature: 0 })],
    ['one message a line', CONVERSATION.map((message) => `${JSON.stringify(message)}\n`).join('\n')],
    ['a byte order mark', `\uFEFF${JSON.stringify(CONVERSATION)}`],
  ])('reads %s', (_what, input) => {
    const { stdout } = runCli(['inspect', '-', '--no-texts'], { input });
    expect(stdout).toContain('4 messages with 2 tool results');
    expect(rowsOf(stdout)).toHaveLength(2);
  });

  test('takes the model that a request names, and another where one is given', () => {
    const input = JSON.stringify({ model: 'claude-sonnet-4-5', messages: CONVERSATION });
    expect(runCli(['inspect', '-'], { input }).stdout).toContain('Tokens of claude-sonnet-4-5, estimated');
    const { stdout } = runCli(['inspect', '-', '--model', 'gpt-4'], { input });
    expect(stdout).toContain('Tokens of gpt-4, counted with cl100k');
  });

  test.each([
    ['text', LOG],
    ['JSON that is no conversation', ORDERS],
    ['a table of users, who have roles too', JSON.stringify([{ id: 1, role: 'user', name: 'Ada' }])],
    ['an empty list', '[]'],
    ['lines of JSON that are no messages', '{"level":"info"}\n{"level":"error"}\n'],
  ])('takes %s for one tool result', (_what, input) => {
    const { status, stdout } = runCli(['inspect', '-'], { input });
    expect(status).toBe(0);
    expect(stdout).toContain('standard input: one tool result');
    expect(rowsOf(stdout)).toHaveLength(1);
  });

  test('can be told which it is', () => {
    const asResult = runCli(['inspect', conversation, '--as', 'result', '--tool', 'read_transcript', '--no-texts']);
    expect(rowsOf(asResult.stdout).map(([, tool]) => tool)).toEqual(['read_transcript']);
    const { status, stderr } = runCli(['inspect', '-', '--as', 'messages'], { input: ORDERS });
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('holds no messages') });
  });

  test('reads UTF-16 with its mark, as PowerShell writes it', () => {
    const input = Buffer.from(`\uFEFF${LOG}`, 'utf16le');
    expect(rowsOf(runCli(['inspect', '-'], { input }).stdout)[0]).toContain('log');
  });

  test.each([
    ['an empty input', new Uint8Array(), 'it is empty'],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0xff, 0xfe), 'no text in UTF-8'],
  ])('refuses %s', (_what, input, says) => {
    const { status, stdout, stderr } = runCli(['inspect', '-'], { input });
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: `headroom-hooks: Can not inspect standard input: ${says.startsWith('no') ? `it is ${says}` : says}.\n`,
    });
  });

  test('refuses a directory', () => {
    const path = join(folder.path, 'directory');
    mkdirSync(path);
    expect(runCli(['inspect', path])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('it is a directory'),
    });
  });

  test('answers for 100 MB in seconds: too large to look into, counted all the same', () => {
    const path = folder.write('large.log', `${LOG.slice(0, 1_000_000)}\n`.repeat(8_000));
    const { status, stdout } = runCli(['inspect', path]);
    expect(status).toBe(0);
    expect(rowsOf(stdout)[0]).toContain('too-large');
  });

  test('survives controls, 5,000 levels and halves of characters', () => {
    const deep = '['.repeat(5_000) + ']'.repeat(5_000);
    for (const input of [
      deep,
      JSON.stringify([{ role: 'tool', content: `${deep}\0\u001B[2J` }]),
      '"\\ud83d"'.repeat(50),
    ]) {
      expect(runCli(['inspect', '-', '--result', '1'], { input })).toMatchObject({ status: 0, stderr: '' });
    }
  });

  test('has nothing to tell of a conversation without tool results, and says so', () => {
    const input = JSON.stringify([{ role: 'user', content: 'Hello' }]);
    const { status, stdout } = runCli(['inspect', '-'], { input });
    expect(status).toBe(0);
    expect(stdout).toContain('1 message with no tool results');
  });
});

describe('inspect, in what it shows', () => {
  test('says what was saved in all, and that all comes back', () => {
    const { stdout } = runCli(['inspect', conversation]);
    const rows = rowsOf(stdout);
    const [before, after] = [5, 6].map((column) =>
      rows.reduce((sum, cells) => sum + Number(cells[column]?.replaceAll(',', '')), 0),
    );
    const total = /^ +total +([\d,]+) → +([\d,]+)/m.exec(stdout);
    expect([total?.[1], total?.[2]].map((count) => Number(count?.replaceAll(',', '')))).toEqual([before, after]);
    expect(after).toBeLessThan((before ?? 0) / 2);
    expect(stdout).toContain('Restored: 2 of 2 rewritten results');
  });

  test('keeps what was asked for opposite to itself, and names what is left out', () => {
    const { stdout } = runCli(['inspect', '-', '--query', QUESTION, '--full'], { input: ORDERS });
    const line = stdout.split('\n').find((one) => /^ *138 /.test(one));
    expect(line).toMatch(/^ *138 \{"id":1137,.* │ 138,/);
    expect(stdout).toMatch(/… \d+ rows left out: \d+-\d+ …/);
    expect(stdout).toContain('headroom_retrieve');
  });

  test('leaves nothing out where that is not allowed, and says what was given up where all is', () => {
    expect(runCli(['inspect', conversation, '--loss', 'none']).stdout).not.toContain('left out');
    const { status, stdout } = runCli(['inspect', conversation, '--loss', 'allowed', '--no-texts']);
    expect(status).toBe(0);
    expect(stdout).toContain('2 given up for good');
  });

  test('leaves small results alone, from the size that it is told', () => {
    const { stdout } = runCli(['inspect', conversation, '--min-tokens', '1000000']);
    expect(rowsOf(stdout).map(([, , , , reason]) => reason)).toEqual(['below-minimum', 'below-minimum']);
    expect(stdout).toContain('Nothing was rewritten');
  });

  test('cuts a long text and says how much more there is, unless the whole is wanted', () => {
    const cut = runCli(['inspect', conversation]).stdout;
    const whole = runCli(['inspect', conversation, '--full']).stdout;
    expect(cut).toMatch(/… \d+ lines more \(--full\)/);
    expect(whole).not.toContain('(--full)');
    expect(whole.length).toBeGreaterThan(cut.length);
  });

  test('shows one result, also one that did not change', () => {
    const second = runCli(['inspect', conversation, '--result', '2']).stdout;
    expect(second).toContain('#2 read_log {"service":"payments"}');
    expect(second).not.toContain('#1 list_orders');
    const unchanged = runCli(['inspect', conversation, '--min-tokens', '1000000', '--result', '2', '--full']).stdout;
    expect(unchanged).toContain('ord_4199');
  });

  test('fits into the width it is given', () => {
    for (const columns of [40, 160]) {
      const { stdout } = runCli(['inspect', conversation, '--full'], { environment: { COLUMNS: String(columns) } });
      const widest = stdout.split('\n').reduce((most, line) => Math.max(most, line.length), 0);
      expect(widest).toBeLessThanOrEqual(columns);
    }
  });

  test('has no colour in a pipe, but where that is asked for', () => {
    const coloured = (args: readonly string[], environment = {}): boolean =>
      runCli(['inspect', conversation, ...args], { environment }).stdout.includes(ESCAPE);
    expect(coloured([])).toBe(false);
    expect(coloured(['--color'])).toBe(true);
    expect(coloured([], { FORCE_COLOR: '1' })).toBe(true);
    expect(coloured(['--no-color'], { FORCE_COLOR: '1' })).toBe(false);
  });

  test('shows what would steer a terminal instead of sending it there', () => {
    const input = `${ESCAPE}]0;owned\u0007${ESCAPE}[31mred${ESCAPE}[0m \u202Ereversed\u202C \u009B2J\r\n`.repeat(40);
    const { stdout } = runCli(['inspect', '-', '--result', '1', '--tool', `x${ESCAPE}[2J`], { input });
    expect(stdout).not.toMatch(/[^\n\P{Cc}]/u);
    expect(stdout).not.toMatch(/\p{Bidi_Control}/u);
    expect(stdout).toContain('␛[31mred');
  });

  test('matches what was looked at and found good', async () => {
    const { stdout } = runCli(['inspect', 'test/fixtures/inspect/conversation.json', '--loss', 'none']);
    await expect(stdout).toMatchFileSnapshot('../../fixtures/inspect/conversation.width-100.txt');
  });
});

describe('inspect, when something goes wrong', () => {
  /** Replaces a module of the package by another. */
  const replacing = (module: string, source: string): readonly string[] => {
    const hook = folder.write(
      `replace-${module.replaceAll('/', '-')}.mjs`,
      `import { registerHooks } from 'node:module';
       registerHooks({ load: (url, context, next) => url.endsWith(${JSON.stringify(`/dist/${module}`)})
         ? { format: 'module', shortCircuit: true, source: ${JSON.stringify(source)} }
         : next(url, context) });`,
    );
    return ['--import', pathToFileURL(hook).href];
  };

  test('exits with 1 when a result does not come back, and says which', () => {
    const nodeArguments = replacing('compression/restore.js', `export const restore = async () => 'something else';`);
    const { status, stdout } = runCli(['inspect', conversation], { nodeArguments });
    expect(status).toBe(1);
    expect(stdout.match(/^ *\d.* DOES NOT COME BACK$/gm)).toHaveLength(2);
    expect(stdout).toContain('Restored: 0 of 2 rewritten results (2 NOT COMING BACK)');
    const unchecked = runCli(['inspect', conversation, '--no-verify'], { nodeArguments });
    expect(unchecked).toMatchObject({ status: 0, stdout: expect.stringContaining('2 not checked') });
  });

  test('exits with 1 when a strategy fails, though the original went through', () => {
    const nodeArguments = replacing(
      'compression/strategies/minified-json.js',
      `export const minifiedJson = { name: 'minified-json', kinds: ['json'], encode() { throw new Error('broken'); }, decode: (text) => text };`,
    );
    const { status, stdout, stderr } = runCli(['inspect', conversation], { nodeArguments });
    expect(status).toBe(1);
    expect(stdout).toContain('list_orders');
    expect(stderr).toContain('A fault in strategy minified-json');
  });

  test('exits with 1 and one line for a fault of its own', () => {
    const nodeArguments = replacing(
      'compression/optimize-messages.js',
      `export const optimizeWith = () => { throw new Error('broken\\nstack'); };`,
    );
    expect(runCli(['inspect', conversation], { nodeArguments })).toEqual({
      status: 1,
      stdout: '',
      stderr: 'headroom-hooks: Something went wrong that should not have: broken\n',
    });
  });

  test('ends without a word when its reader has seen enough', async () => {
    const path = folder.write(
      'many.log',
      Array.from({ length: 60_000 }, (_, index) => `line ${index} ${index * index}`).join('\n'),
    );
    const child = startCli(['inspect', path, '--full', '--result', '1']);
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdout?.once('data', () => child.stdout?.destroy());
    const [status] = (await once(child, 'close')) as [number | null];
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('exits with 130 when it is interrupted', async () => {
    const child = startCli(['inspect', '-']);
    // More than a pipe holds: once it is gone, the command is there and waits for the rest.
    await new Promise((resolve) => child.stdin?.write('a line\n'.repeat(300_000), resolve));
    child.kill('SIGINT');
    const [status] = (await once(child, 'close')) as [number | null];
    expect(status).toBe(130);
  });
});
