import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { VERSION } from '../../../src/sinks/version.ts';

test('the version that metrics and spans tell is the one of the package', () => {
  const manifest: unknown = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(manifest).toMatchObject({ name: 'headroom-hooks', version: VERSION });
});
