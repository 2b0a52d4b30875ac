import { expect, test } from 'vitest';
import { tellOfTool } from '../../../../src/adapters/mcp/tell-of-tool.ts';
import { EventBus } from '../../../../src/events/bus.ts';
import { listenToContent, type Content } from '../../../../src/events/contents.ts';
import { withinRun } from '../../../../src/hooks/run-scope.ts';
import { OpenCalls } from '../../../../src/model/open-calls.ts';
import { fixedClock, recordEvents } from '../../../../src/testing.ts';

const CALL = { toolCallId: 'call_1', name: 'find', arguments: { about: 'swordfish' }, signal: undefined };

function rig() {
  const clock = fixedClock();
  const events = new EventBus({ clock });
  const heard = recordEvents(events);
  const openCalls = new OpenCalls({ clock, callLimit: 10, timeToLiveMs: 1_000 });
  return { wiring: { events, clock, openCalls }, heard };
}

test.each([
  ['blocks', { content: [{ type: 'text', text: 'A swordfish.' }] }, [{ type: 'text', text: 'A swordfish.' }]],
  ['a structure', { content: [], structuredContent: { name: 'swordfish' } }, { name: 'swordfish' }],
])(
  'a tool that gives %s: what it is called with and gives is told to those who ask, and is in no event',
  async (_, result, value) => {
    const { wiring, heard } = rig();
    const said: Content[] = [];
    listenToContent(wiring.events, (content) => void said.push(content));
    expect(await withinRun({ runId: 'run_1' }, () => tellOfTool(wiring, CALL, async () => result))).toBe(result);
    const about = { runId: 'run_1', toolCallId: 'call_1' };
    expect(said).toEqual([
      { of: 'arguments', ...about, value: { about: 'swordfish' } },
      { of: 'result', ...about, value },
    ]);
    expect(JSON.stringify(heard)).not.toContain('swordfish');
  },
);

test('a listener to content that throws is nothing to the tool', async () => {
  const { wiring, heard } = rig();
  listenToContent(wiring.events, () => {
    throw new Error('swordfish');
  });
  expect(await tellOfTool(wiring, CALL, async () => 'fine')).toBe('fine');
  expect(heard.map(({ type }) => type)).toEqual(['tool.start', 'fault', 'fault', 'tool.end']);
  expect(JSON.stringify(heard)).not.toContain('swordfish');
});
