import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createProgram } from '../../../src/cli/program.ts';
import { RESTORATIONS } from '../../../src/cli/restore-result.ts';

const guide = readFileSync(new URL('../../../docs/inspect.md', import.meta.url), 'utf8');

test('docs/inspect.md names every option of the command, and no other', () => {
  const inspect = createProgram({ process, onInputRead: () => {} }).commands.find(
    (command) => command.name() === 'inspect',
  );
  const options = inspect?.options.map(({ long }) => long ?? '') ?? [];
  const named = new Set([...guide.matchAll(/(?<![\w-])--[a-z]+(?:-[a-z]+)*/g)].map(([option]) => option));
  expect([...named].toSorted()).toEqual(options.toSorted());
});

test('docs/inspect.md names every outcome of a restoration', () => {
  expect(RESTORATIONS.filter((restoration) => !guide.includes(`\`${restoration}\``))).toEqual([]);
});
