import type { EventBus } from '../events/bus.ts';
import { systemClock, type Clock } from '../events/clock.ts';
import { createIds } from '../events/ids.ts';
import { createRunTable, type RunTable } from './run-table.ts';

export const DEFAULT_RUN_LIMIT = 1_000;
export const DEFAULT_RUN_TIME_TO_LIVE_MS = 30 * 60_000;

const tables = new WeakMap<EventBus, RunTable>();

/** The run table that belongs to a bus, so that hooks that share a bus share their runs. Made on first use. */
export function runsOf(events: EventBus, clock: Clock = systemClock): RunTable {
  const existing = tables.get(events);
  if (existing !== undefined) return existing;
  const runs = createRunTable({
    events,
    clock,
    ids: createIds(),
    runLimit: DEFAULT_RUN_LIMIT,
    runTimeToLiveMs: DEFAULT_RUN_TIME_TO_LIVE_MS,
  });
  tables.set(events, runs);
  return runs;
}

/** Makes this the table of the bus. */
export function shareRuns(events: EventBus, runs: RunTable): void {
  tables.set(events, runs);
}
