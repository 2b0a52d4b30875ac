import { EventEmitter } from 'eventemitter3';
import { systemClock, type Clock } from './clock.ts';
import { diagnosticsChannel } from './diagnostics-channels.ts';
import { EVENT_TYPES, type EventFacts, type EventOf, type EventType, type Fault, type HeadroomEvent } from './event.ts';
import { createIds, type NextId } from './ids.ts';

export type Listener<Event> = (event: Event) => void | Promise<void>;
export type Unsubscribe = () => void;

/** What may be told of a fault besides. */
export type FaultDetails = Pick<Fault, 'runId' | 'eventType' | 'destination' | 'lostChanges'>;

/** What a sink sees of the bus. */
export interface HeadroomEvents {
  /** Listens to one type of event. A listener that throws or rejects is reported as a `fault`; the others still hear. */
  on<Type extends EventType>(type: Type, listener: Listener<EventOf<Type>>): Unsubscribe;
  /** Listens to every type. */
  onAny(listener: Listener<HeadroomEvent>): Unsubscribe;
  /** Whether anyone listens to this type, on this bus or on the diagnostics channel of the type. */
  isHeard(type: EventType): boolean;
  /** Tells the listeners. `facts` is called only if someone listens, so that an unheard event costs nothing. */
  emit<Type extends EventType>(type: Type, facts: () => EventFacts<Type>): void;
  /** Reports something of ours that failed, by its class name alone: an error's message may quote content. */
  fault(where: Fault['where'], message: string, error: unknown, about?: FaultDetails): void;
}

export interface EventBusOptions {
  readonly clock?: Clock;
  readonly ids?: NextId;
}

/**
 * The spine: one emitter, typed, on which no listener can harm another, or the agent. What it emits it also publishes on
 * the `node:diagnostics_channel` named after the type, `headroom.run.end`, for tools that watch a whole process.
 */
export class EventBus implements HeadroomEvents {
  readonly #emitter = new EventEmitter();
  readonly #clock: Clock;
  readonly #ids: NextId;

  constructor(options: EventBusOptions = {}) {
    this.#clock = options.clock ?? systemClock;
    this.#ids = options.ids ?? createIds();
  }

  on<Type extends EventType>(type: Type, listener: Listener<EventOf<Type>>): Unsubscribe {
    const guarded = (event: EventOf<Type>): void => this.#call(listener, event);
    this.#emitter.on(type, guarded);
    return () => {
      this.#emitter.off(type, guarded);
    };
  }

  onAny(listener: Listener<HeadroomEvent>): Unsubscribe {
    const unsubscribes = EVENT_TYPES.map((type) => this.on(type, listener as Listener<EventOf<typeof type>>));
    return () => {
      for (const unsubscribe of unsubscribes) unsubscribe();
    };
  }

  isHeard(type: EventType): boolean {
    return this.#emitter.listenerCount(type) > 0 || diagnosticsChannel(type)?.hasSubscribers === true;
  }

  emit<Type extends EventType>(type: Type, facts: () => EventFacts<Type>): void {
    if (!this.isHeard(type)) return;
    let event;
    try {
      // Spread takes half as long again: events are of many shapes.
      event = Object.freeze(Object.assign({ type, id: this.#ids('event'), time: this.#clock.now() }, facts()));
    } catch (error) {
      if (type !== 'fault') this.fault('sink', `The facts of ${type} could not be gathered.`, error);
      return;
    }
    this.#emitter.emit(type, event);
    const channel = diagnosticsChannel(type);
    if (channel?.hasSubscribers === true) channel.publish(event);
  }

  fault(where: Fault['where'], message: string, error: unknown, about: FaultDetails = {}): void {
    this.emit('fault', () => ({ where, message, errorName: errorName(error), ...about }));
  }

  #call<Event extends HeadroomEvent>(listener: Listener<Event>, event: Event): void {
    const report = (error: unknown): void => {
      // A fault's own listener that fails is not reported again: it would be told of itself without end.
      if (event.type !== 'fault') {
        const { runId, type: eventType } = event;
        this.fault('listener', `A listener of ${eventType} failed.`, error, { runId, eventType });
      }
    };
    try {
      // eventemitter3 drops a returned promise, and an unhandled rejection ends the process.
      const returned: unknown = listener(event);
      if (isThenable(returned)) returned.then(undefined, report);
    } catch (error) {
      report(error);
    }
  }
}

/** The class name of an error, which is safe to publish; its message is not. */
export function errorName(error: unknown): string {
  try {
    if (!(error instanceof Error)) return typeof error;
    return /^[\w$.]{1,80}$/.test(error.name) ? error.name : 'Error';
  } catch {
    return 'unknown';
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
