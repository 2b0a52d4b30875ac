import { channel, type Channel } from 'node:diagnostics_channel';
import { EVENT_TYPES, type EventType } from './event.ts';

const CHANNELS: ReadonlyMap<EventType, Channel> = new Map(
  EVENT_TYPES.map((type) => [type, channel(`headroom.${type}`)]),
);

/**
 * The channel of `node:diagnostics_channel` on which every bus of the process publishes events of this type:
 * `headroom.run.end`. Asking it for `hasSubscribers` takes 3 ns. By Node's contract a subscriber that throws neither stops
 * the publisher nor the other subscribers: its error becomes an `uncaughtException`.
 */
export function diagnosticsChannel(type: EventType): Channel | undefined {
  return CHANNELS.get(type);
}
