import type { HeadroomEvents, Unsubscribe } from './bus.ts';
import { ByBus } from './by-bus.ts';

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

/** What a tool was called with, or what it gave. */
export interface ToolContent {
  readonly of: 'arguments' | 'result';
  readonly runId: string | undefined;
  readonly toolCallId: string;
  readonly value: unknown;
}

/** What was said in a model call, or to and by a tool, by the ids that events have of it. */
export type Content = Prompt | Answer | ToolContent;

export type ContentListener = (content: Content) => void;

const listeners = new ByBus<ContentListener>();

/**
 * Listens to what is said. Events never carry content, and nobody is told of it who does not ask for it here: this is how
 * it stays where its user wants it. What is told has to be taken at once, and not to be changed.
 */
export function listenToContent(events: object, listener: ContentListener): Unsubscribe {
  return listeners.add(events, listener);
}

/** Whether anyone listens: what takes work to gather is gathered only then. */
export function isContentHeard(events: object): boolean {
  return listeners.of(events) !== undefined;
}

/** Tells those who listen. What fails is reported by its class alone. */
export function tellContent(events: Pick<HeadroomEvents, 'fault'>, content: () => Content): void {
  const own = listeners.of(events);
  if (own === undefined) return;
  try {
    const told = content();
    for (const listener of own) listener(told);
  } catch (error) {
    events.fault('sink', 'Content could not be told.', error);
  }
}

/** The same of a tool. A value that nobody knows is not told. */
export function tellToolContent(events: Pick<HeadroomEvents, 'fault'>, said: ToolContent): void {
  if (said.value !== undefined) tellContent(events, () => said);
}
