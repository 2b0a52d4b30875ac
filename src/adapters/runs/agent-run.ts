import { runWork } from '../../events/surroundings.ts';
import type { RunInput } from '../../hooks/hook.ts';
import { withinRun, type RunScope } from '../../hooks/run-scope.ts';
import { HeadroomStopError } from '../../hooks/stop-error.ts';
import type { RunEnding } from './run-ending.ts';
import type { RunHooks } from './run-hooks.ts';

/** How long an aborted or failed stream may take to report its own end before it counts as ended all the same. */
const GRACE_MS = 1_000;

/** How a tool ended that did not do its work. */
export interface ToolFailure {
  readonly error: unknown;
  /** @default 'error' */
  readonly outcome?: 'error' | 'aborted';
}

/** One run of an agent: its hooks are told of its start, its steps and tools, and once of its end. */
export class AgentRun {
  readonly scope: RunScope;
  private readonly hooks: RunHooks;
  private readonly cleanups: (() => void)[] = [];
  private ended: Promise<void> | undefined;

  constructor(hooks: RunHooks, scope: RunScope) {
    this.hooks = hooks;
    this.scope = scope;
  }

  /** Tells the pre hooks. Rejects, after the post hooks were told, when one of them stops the run. */
  async begin(input: Pick<RunInput, 'provider' | 'model' | 'input'>): Promise<void> {
    for (const preHook of this.hooks.preHooks) {
      try {
        await preHook({ ...this.scope, ...input });
      } catch (error) {
        if (HeadroomStopError.is(error)) {
          await this.end({ outcome: 'aborted', endedBy: 'host', error });
          throw error;
        }
        this.reportFault('A pre hook failed.', error);
      }
    }
  }

  /** Tells the post hooks, the first time it is called. Never rejects. */
  end(ending: RunEnding): Promise<void> {
    return (this.ended ??= this.tellPostHooks(ending));
  }

  /** Ends the run in a while, unless its host says before how it ended, or what it returns is called. */
  endSoon(ending: () => RunEnding): () => void {
    if (this.ended !== undefined) return () => {};
    const timer = setTimeout(() => void this.end(ending()), GRACE_MS);
    timer.unref?.();
    const cancel = (): void => clearTimeout(timer);
    this.cleanups.push(cancel);
    return cancel;
  }

  /** Ends the run some time after an abort, for streams whose reader has left: nothing else would report their end. */
  endWhenAborted(signal: AbortSignal | undefined, ending?: () => RunEnding): void {
    if (signal === undefined || this.ended !== undefined) return;
    const endSoon = (): void => {
      this.endSoon(ending ?? (() => ({ outcome: 'aborted', endedBy: 'host', error: signal.reason as unknown })));
    };
    if (signal.aborted) {
      endSoon();
      return;
    }
    signal.addEventListener('abort', endSoon, { once: true });
    this.cleanups.push(() => signal.removeEventListener('abort', endSoon));
  }

  get hasEnded(): boolean {
    return this.ended !== undefined;
  }

  /** Runs `callback` as part of this run, or as one of its tool calls. */
  within<Result>(callback: () => Result, toolCallId?: string): Result {
    const { runId } = this.scope;
    const surrounded = [...this.hooks.events].reduce<() => Result>(
      (inner, events) => () => runWork(events, { runId, toolCallId }, inner),
      callback,
    );
    return withinRun(this.scope, surrounded);
  }

  step(): void {
    for (const runs of this.hooks.runs) runs.step(this.scope.runId);
  }

  startTool(call: { readonly toolCallId: string; readonly toolName: string; readonly input?: unknown }): void {
    for (const runs of this.hooks.runs) runs.startTool({ runId: this.scope.runId, ...call });
  }

  /** `failure` is left out for a tool that did its work; `output` is what it gave, where that is known. */
  endTool(toolCallId: string, toolName: string, failure: ToolFailure | undefined, output?: unknown): void {
    const call = { runId: this.scope.runId, toolCallId, toolName, output };
    const ending = failure === undefined ? { outcome: 'ok' as const } : { outcome: 'error' as const, ...failure };
    for (const runs of this.hooks.runs) runs.endTool({ ...call, ...ending });
  }

  reportFault(message: string, error: unknown): void {
    for (const events of this.hooks.events) events.fault('hook', message, error, { runId: this.scope.runId });
  }

  private async tellPostHooks(ending: RunEnding): Promise<void> {
    for (const cleanUp of this.cleanups) cleanUp();
    for (const postHook of this.hooks.postHooks) {
      try {
        await postHook({ ...this.scope, ...ending });
      } catch (error) {
        this.reportFault('A post hook failed.', error);
      }
    }
  }
}
