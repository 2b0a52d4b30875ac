import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventBus } from '../../../src/events/bus.ts';
import { createIds } from '../../../src/events/ids.ts';
import { withinRun } from '../../../src/hooks/run-scope.ts';
import { createRunTable, type RunTable } from '../../../src/hooks/run-table.ts';
import { fixedClock, type FixedClock } from '../../../src/testing/fixed-clock.ts';
import { assertPaired, recordEvents } from '../../../src/testing/record-events.ts';
import { propertyRuns } from '../property-runs.ts';

/** Few ids, so that they meet: ended runs come again, parents form rings, tool calls repeat. */
const runId = fc.oneof(
  fc.integer({ min: 0, max: 400 }).map((number) => `run${number}`),
  fc.constantFrom('__proto__', 'constructor', '', '\0', '\ud800', 'run1~2'),
);
const toolCallId = fc.constantFrom('call_0', 'call_1', 'call_0~2', '__proto__', '');
const outcome = fc.constantFrom('ok' as const, 'error' as const, 'aborted' as const);

type Action = (table: RunTable, clock: FixedClock) => void;

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(runId, fc.option(runId, { nil: undefined })).map(
      ([id, parentRunId]): Action =>
        (table) =>
          void table.start({ runId: id, parentRunId }),
    ),
  },
  fc.tuple(runId, runId).map(([outer, id]): Action => (table) => {
    withinRun({ runId: outer }, () => table.start({ runId: id }));
  }),
  {
    weight: 2,
    arbitrary: runId.map(
      (id): Action =>
        (table) =>
          table.step(id),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(runId, toolCallId).map(
      ([id, call]): Action =>
        (table) =>
          table.startTool({ runId: id, toolCallId: call, toolName: 't' }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(runId, toolCallId, outcome).map(
      ([id, call, how]): Action =>
        (table) =>
          table.endTool({ runId: id, toolCallId: call, toolName: 't', outcome: how }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(runId, outcome).map(
      ([id, how]): Action =>
        (table) =>
          void table.end({ runId: id, outcome: how }),
    ),
  },
  fc.integer({ min: 0, max: 700 }).map(
    (ms): Action =>
      (_table, clock) =>
        clock.advance(ms),
  ),
);

const actions = fc.array(action, { maxLength: 600, size: 'max' });

describe('the run table', () => {
  it('pairs every start with one end and keeps nothing, whatever the order of calls and whoever walks away', () => {
    fc.assert(
      fc.property(actions, fc.integer({ min: 1, max: 50 }), (sequence, runLimit) => {
        const clock = fixedClock();
        const events = new EventBus({ clock });
        const runs = createRunTable({ events, clock, ids: createIds('t'), runLimit, runTimeToLiveMs: 1_000 });
        const recorded = recordEvents(events);
        for (const act of sequence) {
          act(runs, clock);
          expect(runs.openRunCount).toBeLessThanOrEqual(runLimit);
        }
        clock.advance(1_001);
        assertPaired(recorded);
        expect(runs.openRunCount).toBe(0);
        const starts = recorded.filter(({ type }) => type === 'run.start').length;
        expect(recorded.filter(({ type }) => type === 'run.end')).toHaveLength(starts);
      }),
      propertyRuns(),
    );
  });
});
