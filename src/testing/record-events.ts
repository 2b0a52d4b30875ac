import type { HeadroomEvents } from '../events/bus.ts';
import type { HeadroomEvent } from '../events/event.ts';

/** A list that grows with every event, in the order in which they were emitted. */
export function recordEvents(events: HeadroomEvents): readonly HeadroomEvent[] {
  const recorded: HeadroomEvent[] = [];
  events.onAny((event) => {
    recorded.push(event);
  });
  return recorded;
}

/** Throws unless every start of a run, model call and tool call has exactly one end, and every end its start. */
export function assertPaired(events: readonly HeadroomEvent[]): void {
  const open = new Map<string, string>();
  const ended = new Set<string>();
  for (const event of events) {
    const key = pairKey(event);
    if (key === undefined) continue;
    if (event.type.endsWith('.start')) {
      if (open.has(key) || ended.has(key)) throw new Error(`${event.type} of ${key} came twice.`);
      open.set(key, event.type);
    } else {
      if (ended.has(key)) throw new Error(`${event.type} of ${key} came twice.`);
      if (!open.delete(key)) throw new Error(`${event.type} of ${key} came without a start.`);
      ended.add(key);
    }
  }
  if (open.size > 0) throw new Error(`No end for ${[...open].map(([key, type]) => `${type} of ${key}`).join(', ')}.`);
}

function pairKey(event: HeadroomEvent): string | undefined {
  switch (event.type) {
    case 'run.start':
    case 'run.end':
      return `run ${event.runId ?? ''}`;
    case 'model.start':
    case 'model.end':
      return `model call ${event.callId}`;
    case 'tool.start':
    case 'tool.end':
      return `tool call ${event.runId ?? ''} ${event.toolCallId}`;
    default:
      return undefined;
  }
}
