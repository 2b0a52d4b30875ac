import type { HeadroomEvents, Listener, Unsubscribe } from '../events/bus.ts';
import { EVENT_TYPES, type EventOf, type EventType, type HeadroomEvent } from '../events/event.ts';

/**
 * One row per event, so that a new event does not compile until every sink has decided what to do with it. A row that is
 * `undefined` is not listened to: the event stays free where nobody else hears it.
 */
export type Handlers = { readonly [Type in EventType]: ((event: EventOf<Type>) => void) | undefined };

/** Subscribes every row of the table. */
export function listen(events: HeadroomEvents, handlers: Handlers): Unsubscribe {
  const unsubscribes = EVENT_TYPES.flatMap((type) => {
    const handler = handlers[type] as Listener<HeadroomEvent> | undefined;
    return handler === undefined ? [] : [events.on(type, handler)];
  });
  return () => {
    for (const unsubscribe of unsubscribes) unsubscribe();
  };
}
