import { BoundedMap } from '../../bounded-map.ts';
import type { AgentRun } from '../runs/agent-run.ts';
import type { RunArguments } from './processor-arguments.ts';

/** Messages of open runs that are remembered; the oldest goes first. */
const MOST_MESSAGES = 10_000;

/**
 * Which run the arguments of a processor are of. Mastra names none: most of its versions hand one state object or one
 * list of messages through a run. A run that is resumed gets new ones, which hold the messages that it had.
 */
export class RunRegistry {
  private readonly byObject = new WeakMap<object, AgentRun>();
  private readonly byMessage = new BoundedMap<AgentRun>(MOST_MESSAGES);
  private readonly messagesOf = new WeakMap<AgentRun, string[]>();

  find(of: RunArguments<unknown>): AgentRun | undefined {
    const { state, messageList, messages } = of;
    const known = this.byObject.get(messageList as object) ?? this.byObject.get(state) ?? this.resumed(messages);
    if (known !== undefined) this.add(known, of);
    return known;
  }

  add(run: AgentRun, { state, messageList }: Pick<RunArguments<unknown>, 'state' | 'messageList'>): void {
    for (const key of [state, messageList]) if (isObject(key)) this.byObject.set(key, run);
  }

  /** Says that a run reads or writes this message, and no other run does. */
  addMessage(run: AgentRun, messageId: string | undefined): void {
    if (messageId === undefined || this.byMessage.get(messageId) === run) return;
    this.byMessage.set(messageId, run);
    this.messagesOf.set(run, [...(this.messagesOf.get(run) ?? []), messageId]);
  }

  /** Forgets the messages of a run that is over. */
  removeMessages(run: AgentRun): void {
    for (const messageId of this.messagesOf.get(run) ?? []) this.byMessage.take(messageId);
  }

  private resumed(messages: RunArguments<unknown>['messages']): AgentRun | undefined {
    const run = messages.toReversed().flatMap(({ id }) => this.byMessage.get(id) ?? [])[0];
    return run?.hasEnded === false ? run : undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
