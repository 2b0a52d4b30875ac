import type { Unsubscribe } from './bus.ts';

/** What is kept for each bus beside its events: listeners of a kind that events are not for. */
export class ByBus<Listener> {
  private readonly kept = new WeakMap<object, Set<Listener>>();

  add(events: object, listener: Listener): Unsubscribe {
    const own = this.kept.get(events) ?? new Set();
    this.kept.set(events, own.add(listener));
    return () => {
      own.delete(listener);
    };
  }

  /** Those of a bus, or `undefined` where there are none. */
  of(events: object): ReadonlySet<Listener> | undefined {
    const own = this.kept.get(events);
    return own === undefined || own.size === 0 ? undefined : own;
  }
}
