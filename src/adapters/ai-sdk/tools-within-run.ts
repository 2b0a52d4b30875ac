import { AsyncLocalStorage } from 'node:async_hooks';
import type { AgentRun } from '../runs/agent-run.ts';
import { withExecute } from '../runs/with-execute.ts';

type Execute = (input: unknown, options?: unknown) => unknown;

/** The run whose tools are executed here: an agent has its tools before it has a run. */
const current = new AsyncLocalStorage<AgentRun>();

/** Runs `callback` as part of a run, and the tools of `toolsWithinRun` in it each as the tool call that it is. */
export function withinAgentRun<Result>(run: AgentRun, callback: () => Result): Result {
  return current.run(run, () => run.within(callback));
}

/**
 * The same tools, each executed as a tool call of the run that it is executed in, so that what it does in turn is known
 * to be its doing though others are executed at the same time. Tools that are executed elsewhere stay as they are.
 */
export function toolsWithinRun(tools: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(tools).map(([name, tool]) => [name, toolWithinRun(tool)]));
}

function toolWithinRun(tool: unknown): unknown {
  if (typeof tool !== 'object' || tool === null) return tool;
  const { execute } = tool as { readonly execute?: unknown };
  if (typeof execute !== 'function') return tool;
  return withExecute(tool, (input, options) => {
    const { toolCallId } = (options ?? {}) as { readonly toolCallId?: unknown };
    const run = current.getStore();
    const call = (): unknown => (execute as Execute).call(tool, input, options);
    if (run === undefined || typeof toolCallId !== 'string') return call();
    const result = run.within(call, toolCallId);
    return isAsyncIterable(result) ? iterateWithin(result, (step) => run.within(step, toolCallId)) : result;
  });
}

/** A generator goes on in the context of whoever asks it for its next value. */
function iterateWithin(
  values: AsyncIterable<unknown>,
  within: <Result>(step: () => Result) => Result,
): AsyncIterable<unknown> {
  return {
    [Symbol.asyncIterator]() {
      const iterator = within(() => values[Symbol.asyncIterator]());
      return {
        next: () => within(() => iterator.next()),
        return: (value) => within(() => iterator.return?.(value) ?? Promise.resolve({ done: true, value })),
      };
    },
  };
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
