import type { AgentRun } from '../runs/agent-run.ts';
import { isOwnEnd } from '../../hooks/is-own-end.ts';
import { endOfError, type RunEnding } from '../runs/run-ending.ts';
import type { PassedEnd } from '../runs/pass-on.ts';
import type { AgentResult } from './strands-shapes.ts';

/** How long Strands may take to tell the result of an invocation that is over before the run counts as ended. */
const RESULT_GRACE_MS = 1_000;

/** One run of an agent, and what is known of how it goes. Strands tells hooks that a run is over, and not how it ended. */
export class OpenInvocation {
  readonly run: AgentRun;
  private readonly cancelSignal: AbortSignal;
  private failure: { readonly error: unknown; readonly after: unknown; readonly count: number } | undefined;
  /** Of the agent, as the last call found them. */
  private messages: readonly object[] = [];
  private hasLeft = false;
  private finishReason: string | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(run: AgentRun, cancelSignal: AbortSignal) {
    this.run = run;
    this.cancelSignal = cancelSignal;
  }

  get isAborted(): boolean {
    return this.cancelSignal.aborted;
  }

  /** Returns whether the call before failed and nothing came to the messages since. */
  beginCall(messages: readonly object[]): boolean {
    const { failure } = this;
    this.failure = undefined;
    this.finishReason = undefined;
    this.messages = messages;
    return failure !== undefined && failure.count === messages.length && failure.after === messages.at(-1);
  }

  endCall(end: PassedEnd<unknown>, finishReason: string | undefined): void {
    this.finishReason = finishReason;
    if (end.kind === 'left') this.hasLeft = true;
    const { messages } = this;
    if (end.kind === 'threw') this.failure = { error: end.error, after: messages.at(-1), count: messages.length };
  }

  markLeft(): void {
    this.hasLeft = true;
  }

  /** With the result that Strands tells when all went well, or was stopped in an orderly way. */
  endWith({ stopReason, lastMessage }: AgentResult['result']): Promise<void> {
    if (stopReason === 'cancelled') return this.end(this.aborted());
    const { finishReason } = this;
    return this.end({ outcome: 'ok', endedBy: 'host', finishReason, output: lastMessage });
  }

  /** When Strands says that the invocation is over: a run that failed has no result to wait for. */
  endIfKnown(): Promise<void> | undefined {
    if (this.isAborted && !this.isAtItsEnd) return this.end(this.aborted());
    if (this.failure !== undefined) return this.end(endOfError(this.failure.error, undefined));
    if (this.hasLeft) return this.end({ outcome: 'aborted', endedBy: 'reader' });
    this.timer = setTimeout(() => void this.endUnknown(), RESULT_GRACE_MS);
    this.timer.unref?.();
    return undefined;
  }

  /** For a run whose result nobody told: its reader left after the last word, or before a tool was called. */
  endUnknown(): Promise<void> {
    const { finishReason } = this;
    return this.end(
      this.isAtItsEnd
        ? { outcome: 'ok', endedBy: 'host', finishReason }
        : { outcome: 'aborted', endedBy: 'reader', finishReason },
    );
  }

  private get isAtItsEnd(): boolean {
    return isOwnEnd(this.finishReason) && this.finishReason !== 'tool-calls';
  }

  private aborted(): RunEnding {
    return { outcome: 'aborted', endedBy: 'host', error: this.cancelSignal.reason };
  }

  private end(ending: RunEnding): Promise<void> {
    clearTimeout(this.timer);
    return this.run.end(ending);
  }
}
