import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const entry = new URL('../../dist/index.js', import.meta.url).href;
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Optimizes a conversation by its prefixes, in the order given, and prints what the whole became. */
const program = `
import { createMemoryStore, optimizeMessages } from ${JSON.stringify(entry)};
const rows = (from) => JSON.stringify(Array.from({ length: 200 }, (_, k) => ({ id: from + k, status: k % 40 ? 'ok' : 'failed', note: 'row ' + k })));
const log = Array.from({ length: 300 }, (_, k) => '2026-03-12T02:06:' + String(k % 60).padStart(2, '0') + 'Z worker ' + (k % 7 ? 'INFO done in ' + k + ' ms' : 'ERROR timeout of job ' + k)).join('\\n');
const file = Array.from({ length: 30 }, (_, k) => 'export function step' + k + '(input) { return input.slice(' + k * k + '); }').join('\\n');
const outputs = [rows(1), log, file, rows(900), file];
const messages = [{ role: 'user', content: 'Which jobs failed?' }, ...outputs.flatMap((content, k) => [
  { role: 'assistant', content: null, tool_calls: [{ id: 'c' + k, type: 'function', function: { name: 'read', arguments: '{}' } }] },
  { role: 'tool', tool_call_id: 'c' + k, content },
])];
const lengths = process.argv[1] === 'backwards' ? [11, 7, 3, 9, 5, 11] : [1, 3, 5, 7, 9, 11];
let last;
for (const length of lengths) last = await optimizeMessages(messages.slice(0, length), { loss: 'recoverable', store: createMemoryStore() });
console.log(JSON.stringify(last.messages));
`;

const run = (order: string): string => {
  const child = spawnSync(process.execPath, ['--input-type=module', '--eval', program, order], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(child.stderr).toBe('');
  return child.stdout;
};

test('two processes write the same bytes, whatever each has seen before', () => {
  const forwards = run('forwards');
  expect(forwards).toContain('left out');
  expect(forwards).toContain('as the result of read');
  expect(run('backwards')).toBe(forwards);
});
