import type { AgentRun } from '../runs/agent-run.ts';
import type { RunArguments } from './processor-arguments.ts';

/** Answers of open runs that are remembered; the oldest goes first. */
const MOST_ANSWERS = 10_000;

/**
 * Which run the arguments of a processor are of. Mastra names none: most of its versions hand one state object or one
 * list of messages through a run. A run that is resumed gets new ones, and the answer that it had begun.
 */
export class RunRegistry {
  private readonly byObject = new WeakMap<object, AgentRun>();
  private readonly byAnswer = new Map<string, AgentRun>();
  private readonly answersOf = new WeakMap<AgentRun, string[]>();

  find(of: RunArguments<unknown>): AgentRun | undefined {
    const { state, messageList, messages } = of;
    const known = this.byObject.get(messageList as object) ?? this.byObject.get(state) ?? this.resumed(messages);
    if (known !== undefined) this.add(known, of);
    return known;
  }

  add(run: AgentRun, { state, messageList }: Pick<RunArguments<unknown>, 'state' | 'messageList'>): void {
    for (const key of [state, messageList]) if (isObject(key)) this.byObject.set(key, run);
  }

  /** Says that a run writes this answer. */
  addAnswer(run: AgentRun, messageId: string | undefined): void {
    if (messageId === undefined || this.byAnswer.get(messageId) === run) return;
    this.byAnswer.set(messageId, run);
    this.answersOf.set(run, [...(this.answersOf.get(run) ?? []), messageId]);
    const oldest = this.byAnswer.size > MOST_ANSWERS ? this.byAnswer.keys().next().value : undefined;
    if (oldest !== undefined) this.byAnswer.delete(oldest);
  }

  /** Forgets the answers of a run that is over. */
  removeAnswers(run: AgentRun): void {
    for (const messageId of this.answersOf.get(run) ?? []) this.byAnswer.delete(messageId);
  }

  private resumed(messages: RunArguments<unknown>['messages']): AgentRun | undefined {
    const run = this.byAnswer.get(messages.at(-1)?.id ?? '');
    return run?.hasEnded === false ? run : undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
