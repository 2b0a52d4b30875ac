import { AsyncLocalStorage } from 'node:async_hooks';
import type { AgentRun } from '../runs/agent-run.ts';
import { passOn } from '../runs/pass-on.ts';
import { withExecutes } from '../runs/with-executes.ts';

/** The run whose tools are executed here: an agent has its tools before it has a run. */
const current = new AsyncLocalStorage<AgentRun>();

/** Runs `callback` as part of a run, and the tools of `toolsWithinRun` in it each as the tool call that it is. */
export function withinAgentRun<Result>(run: AgentRun, callback: () => Result): Result {
  return current.run(run, () => run.within(callback));
}

/**
 * The same tools, each executed as a tool call of the run that it is executed in, so that what it does in turn is known
 * to be its doing though others are executed at the same time.
 */
export function toolsWithinRun(tools: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return withExecutes(tools, (_name, execute) => (input, options) => {
    const { toolCallId } = (options ?? {}) as { readonly toolCallId?: unknown };
    const run = current.getStore();
    if (run === undefined || typeof toolCallId !== 'string') return execute(input, options);
    const within = <Made>(step: () => Made): Made => run.within(step, toolCallId);
    const result = within(() => execute(input, options));
    // A generator goes on in the context of whoever asks it for its next value.
    return isAsyncIterable(result)
      ? passOn(
          within(() => result[Symbol.asyncIterator]()),
          { within },
        )
      : result;
  });
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown, unknown, undefined> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
