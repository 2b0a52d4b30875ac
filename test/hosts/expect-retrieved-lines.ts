import { expect } from 'vitest';
import { assertPaired } from '../../src/testing.ts';
import type { Rig } from './host-rig.ts';

/** An agent kept all lines of the tool `look`, asked for five of those it was not shown, and was told of both calls. */
export function expectRetrievedLines(
  { all, events }: Pick<Rig, 'all' | 'events'>,
  lines: readonly string[],
  results: readonly string[],
): void {
  expect(results[0]).toBe(lines.join('\n'));
  expect(results[1]?.split('\n').slice(1)).toHaveLength(5);
  expect(lines).toContain(results[1]?.split('\n')[1]);
  const [end] = all('run.end');
  expect(all('retrieval.end')).toMatchObject([{ outcome: 'found', runId: end?.runId }]);
  expect(all('tool.end').map(({ toolName, outcome }) => [toolName, outcome])).toEqual([
    ['look', 'ok'],
    ['headroom_retrieve', 'ok'],
  ]);
  assertPaired(events);
}
