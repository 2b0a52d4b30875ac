import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { EventBus } from '../../../src/events/bus.ts';
import { createIds } from '../../../src/events/ids.ts';
import { hashArguments } from '../../../src/hooks/hash-arguments.ts';
import { createRunTable } from '../../../src/hooks/run-table.ts';
import { fixedClock, recordEvents } from '../../../src/testing.ts';

describe('the hash of arguments', () => {
  test('is the same for the same, another for others, and holds nothing of them', () => {
    const hash = hashArguments({ query: 'swordfish' });
    expect(hash).toMatch(/^[0-9a-f]{16}$/);
    expect(hashArguments({ query: 'swordfish' })).toBe(hash);
    expect(hashArguments('{"query":"swordfish"}')).toBe(hash);
    expect(hashArguments({ query: 'trout' })).not.toBe(hash);
    expect(hashArguments({})).not.toBe(hash);
  });

  test('is unknown for what is unknown, and for what can not be written as JSON', () => {
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect([undefined, circular, 1n, () => {}].map(hashArguments)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(hashArguments(deep)).toBeUndefined();
  });

  test('is another in another process, so that nobody can try arguments against it', () => {
    const path = fileURLToPath(new URL('../../../src/hooks/hash-arguments.ts', import.meta.url));
    const source = `const { hashArguments } = await import(${JSON.stringify(path)}); console.log(hashArguments({}));`;
    const { stdout } = spawnSync(
      process.execPath,
      ['--experimental-strip-types', '--input-type=module', '-e', source],
      {
        encoding: 'utf8',
      },
    );
    expect(stdout).toMatch(/^[0-9a-f]{16}\n$/);
    expect(stdout.trim()).not.toBe(hashArguments({}));
  });
});

test('the start of a tool call tells the hash of its arguments, and nothing else of them', () => {
  const clock = fixedClock();
  const events = new EventBus({ clock });
  const recorded = recordEvents(events);
  const runs = createRunTable({ events, clock, ids: createIds(), runLimit: 10, runTimeToLiveMs: 1_000 });
  const runId = runs.start({});
  runs.startTool({ runId, toolCallId: 'a', toolName: 'search', input: { query: 'swordfish' } });
  runs.startTool({ runId, toolCallId: 'b', toolName: 'search' });
  runs.endTool({ runId, toolCallId: 'a', toolName: 'search', input: { query: 'swordfish' }, outcome: 'ok' });
  const hashes = recorded.flatMap((event) => (event.type === 'tool.start' ? [event.argumentsHash] : []));
  expect(hashes).toEqual([hashArguments({ query: 'swordfish' }), undefined]);
  expect(JSON.stringify(recorded)).not.toContain('swordfish');
});
