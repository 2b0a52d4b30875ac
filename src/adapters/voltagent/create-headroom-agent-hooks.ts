import { checkOptions } from '../../check-options.ts';
import { BoundedMap } from '../../bounded-map.ts';
import type { HeadroomEvents } from '../../events/bus.ts';
import { createIds } from '../../events/ids.ts';
import type { PostHook, PreHook } from '../../hooks/hook.ts';
import { checkHooks, RUN_OPTION_CHECKS } from '../runs/run-hooks.ts';
import { thrownError } from './end-of-operation.ts';
import type {
  EndArguments,
  ErrorArguments,
  OperationArguments,
  OwnAgentHooks,
  StartArguments,
  StepArguments,
  ToolEndArguments,
  ToolStartArguments,
} from './hook-arguments.ts';
import { Operation } from './operation.ts';

export interface HeadroomAgentHooksOptions {
  /**
   * Told before a run starts, in order. One that throws a `HeadroomStopError` keeps the run from starting, and the caller
   * gets that error. Whatever else one throws is reported as a `fault` and the run goes on.
   */
  readonly preHooks?: readonly PreHook[] | undefined;
  /** Told once when a run is over: finished, failed or aborted. */
  readonly postHooks?: readonly PostHook[] | undefined;
  /** The agent's name in events. @default the name of the agent */
  readonly agent?: string | undefined;
}

/** Hooks as `hooks` of VoltAgent's agents takes them. */
export interface HeadroomAgentHooks {
  onStart(args: StartArguments): Promise<void>;
  onStepFinish(args: StepArguments): Promise<void>;
  onToolStart(args: ToolStartArguments): Promise<void>;
  /** Resolves to what a hook of the agent's own does, of which the first versions of VoltAgent know nothing. */
  onToolEnd(args: ToolEndArguments): Promise<undefined>;
  onError(args: ErrorArguments): Promise<void>;
  onEnd(args: EndArguments): Promise<void>;
}

const nextId = createIds();

/** Operations that are remembered; the oldest goes first, whose end nobody told of. */
const MOST_OPEN = 10_000;

/** By their contexts. Shared, since an agent and a call of it may each have hooks: whoever comes first tells of the run. */
const operations = new WeakMap<object, Operation>();

/**
 * Makes hooks for agents of VoltAgent that tell `preHooks` and `postHooks` of every run, and that make model calls and
 * tools part of it. The agent's own hooks go in as `own`: they are called as without us, with what VoltAgent gives them,
 * and what they return or throw is what VoltAgent gets.
 *
 * Throws a `HeadroomError` for what is not a hook and for options that can not work.
 */
export function createHeadroomAgentHooks<Own extends OwnAgentHooks = {}>(
  options: HeadroomAgentHooksOptions = {},
  own?: Own,
): Own & HeadroomAgentHooks {
  checkOptions<HeadroomAgentHooksOptions>('createHeadroomAgentHooks', options, RUN_OPTION_CHECKS);
  const { preHooks, postHooks, agent } = options;
  const hooks = checkHooks('createHeadroomAgentHooks', { preHooks, postHooks });
  const byRun = new BoundedMap<Operation>(MOST_OPEN);
  for (const events of hooks.events) tellOfBrokenStreams(events, byRun);
  // VoltAgent is what calls them, with arguments of its own.
  const theirs = (own ?? {}) as { readonly [Name in keyof HeadroomAgentHooks]?: (args: object) => unknown };

  const open = (args: StartArguments): Operation | undefined => {
    try {
      const operation = operations.get(args.context) ?? new Operation(hooks, args, nextId('run'), agent);
      operations.set(args.context, operation);
      byRun.set(operation.run.scope.runId, operation);
      return operation;
    } catch (error) {
      for (const events of hooks.events) events.fault('hook', 'A run could not be told of.', error);
      return undefined;
    }
  };

  const observers: HeadroomAgentHooks = {
    // Up to where the run is entered, nothing may be awaited.
    async onStart(args) {
      const operation = open(args);
      operation?.enter();
      await operation?.begun;
      await theirs.onStart?.(args);
    },
    async onStepFinish(args) {
      await observe(args, (operation) => operation.step(args));
      await theirs.onStepFinish?.(args);
    },
    async onToolStart(args) {
      await observe(args, (operation) => operation.startTool(args));
      await theirs.onToolStart?.(args);
    },
    async onToolEnd(args) {
      try {
        const result = await theirs.onToolEnd?.(args);
        await observe(args, (operation) => operation.endTool(args, thrownError(args.error)));
        return result as undefined;
      } catch (error) {
        await observe(args, (operation) => operation.endTool(args, error));
        throw error;
      }
    },
    async onError(args) {
      await observe(args, (operation) => operation.fail(args.error));
      await theirs.onError?.(args);
    },
    async onEnd(args) {
      try {
        await theirs.onEnd?.(args);
      } catch (error) {
        await observe(args, (operation) => operation.end({ error }));
        throw error;
      }
      await observe(args, (operation) => operation.end(args));
    },
  };
  return { ...own, ...observers } as Own & HeadroomAgentHooks;
}

/** Whatever goes wrong in here is nothing to the agent. */
async function observe(
  { context }: OperationArguments,
  tell: (operation: Operation) => void | Promise<void>,
): Promise<void> {
  const operation = operations.get(context);
  if (operation === undefined) return;
  try {
    await tell(operation);
  } catch (error) {
    operation.run.reportFault('What a run did could not be told of.', error);
  }
}

/** VoltAgent tells no hook that the stream of a model broke, which a `HeadroomModel` does. A stream that had begun is not made again. */
function tellOfBrokenStreams(events: Pick<HeadroomEvents, 'on'>, byRun: BoundedMap<Operation>): void {
  events.on('model.end', ({ runId, outcome, errorType, timeToFirstChunkMs }) => {
    if (runId === undefined || outcome !== 'error' || timeToFirstChunkMs === undefined) return;
    const error = new Error('The stream of a model call broke.');
    byRun.get(runId)?.fail(Object.assign(error, { name: errorType ?? error.name }));
  });
  events.on('run.end', ({ runId }) => {
    if (runId !== undefined) byRun.take(runId);
  });
}
