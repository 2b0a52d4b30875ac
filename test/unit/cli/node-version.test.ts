import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { explainOldNode, OLDEST_NODE } from '../../../src/cli/node-version.ts';

test('the oldest Node is the one of the package', () => {
  const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly engines: { readonly node: string };
  };
  expect(engines.node).toBe(`>=${OLDEST_NODE}`);
});

test.each(['22.15.0', '22.20.1', '23.0.0', '24.21.0'])('Node %s is new enough', (version) => {
  expect(explainOldNode(version)).toBeUndefined();
});

test.each(['22.14.0', '20.20.2', '18.0.0'])('Node %s is told apart in a sentence', (version) => {
  expect(explainOldNode(version)).toBe(`headroom-hooks needs Node 22.15 or newer, and this is Node ${version}.`);
});
