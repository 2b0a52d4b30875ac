import type { HeadroomEvents, Unsubscribe } from './bus.ts';

/** The messages of a call as they are sent, in the shape of its host or its provider. */
export interface Prompt {
  readonly of: 'prompt';
  readonly callId: string;
  readonly messages: readonly unknown[];
  /** Those that are sent apart from the messages. */
  readonly instructions?: unknown;
}

/** What the model answered, as messages. */
export interface Answer {
  readonly of: 'answer';
  readonly callId: string;
  readonly messages: readonly unknown[];
}

/** What was said in a model call, or to and by a tool, by the ids that events have of it. */
export type Content = Prompt | Answer | ({ readonly of: 'arguments' | 'result'; readonly value: unknown } & ToolWork);

interface ToolWork {
  readonly runId: string | undefined;
  readonly toolCallId: string;
}

export type ContentListener = (content: Content) => void;

/** By bus. */
const listeners = new WeakMap<object, Set<ContentListener>>();

/**
 * Listens to what is said. Events never carry content, and nobody is told of it who does not ask for it here: this is how
 * it stays where its user wants it. What is told has to be taken at once, and not to be changed.
 */
export function listenToContent(events: object, listener: ContentListener): Unsubscribe {
  const own = listeners.get(events) ?? new Set();
  listeners.set(events, own.add(listener));
  return () => {
    own.delete(listener);
  };
}

/** Whether anyone listens: what takes work to gather is gathered only then. */
export function isContentHeard(events: object): boolean {
  return (listeners.get(events)?.size ?? 0) > 0;
}

/** Tells those who listen. What fails is reported by its class alone. */
export function tellContent(events: Pick<HeadroomEvents, 'fault'>, content: () => Content | undefined): void {
  const own = listeners.get(events);
  if (own === undefined || own.size === 0) return;
  try {
    const told = content();
    if (told !== undefined) for (const listener of own) listener(told);
  } catch (error) {
    events.fault('sink', 'Content could not be told.', error);
  }
}
