import type { HeadroomEvents, Unsubscribe } from '../events/bus.ts';

/** The buses that a sink listens to. */
export interface Attachments {
  /** Listens to a bus, once however often it is attached, until each attachment is undone. */
  readonly attach: (events: HeadroomEvents) => Unsubscribe;
  /** Stops listening to all of them. */
  readonly detachAll: () => void;
}

/** `subscribe` is called once per bus, so that attaching a sink twice counts nothing twice. */
export function createAttachments(subscribe: (events: HeadroomEvents) => Unsubscribe): Attachments {
  const attached = new Map<HeadroomEvents, { holders: number; readonly unsubscribe: Unsubscribe }>();

  return {
    attach(events) {
      const attachment = attached.get(events) ?? { holders: 0, unsubscribe: subscribe(events) };
      attachment.holders++;
      attached.set(events, attachment);
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        attachment.holders--;
        if (attachment.holders > 0 || attached.get(events) !== attachment) return;
        attached.delete(events);
        attachment.unsubscribe();
      };
    },
    detachAll() {
      const attachments = [...attached.values()];
      attached.clear();
      for (const { unsubscribe } of attachments) unsubscribe();
    },
  };
}
