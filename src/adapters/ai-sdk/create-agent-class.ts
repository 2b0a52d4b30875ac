import { createIds } from '../../events/ids.ts';
import type { PostHook, PreHook } from '../../hooks/hook.ts';
import { currentRun } from '../../hooks/run-scope.ts';
import { AgentRun } from '../runs/agent-run.ts';
import { nameOfModel } from '../runs/name-of-model.ts';
import { endOfError, endOfResult, type TextResult } from '../runs/run-ending.ts';
import { observeRunStream, type StreamTransform } from './observe-run-stream.ts';
import { checkHooks, type RunHooks } from '../runs/run-hooks.ts';
import { withRetrieveTool } from '../../hooks/with-retrieve-tool.ts';
import { withRunCallbacks } from './run-callbacks.ts';
import { toolsWithinRun, withinAgentRun } from './tools-within-run.ts';

/** The settings that an agent has besides its host's. */
export interface AgentHooks {
  /**
   * Told before a run starts, in order. One that throws a `HeadroomStopError` keeps the run from starting; whatever else
   * one throws is reported as a `fault` and the run goes on.
   */
  readonly preHooks?: readonly PreHook[] | undefined;
  /** Told once when a run is over: finished, failed, aborted, or kept from starting. */
  readonly postHooks?: readonly PostHook[] | undefined;
}

/** The part of a `ToolLoopAgent`'s settings that is read. */
export interface LoopAgentSettings {
  readonly id?: string | undefined;
  readonly model?: unknown;
  readonly tools?: Readonly<Record<string, unknown>> | undefined;
  readonly telemetry?: unknown;
}

/** The part of what `generate()` and `stream()` take that is read. */
export interface LoopAgentCall {
  readonly prompt?: unknown;
  readonly messages?: unknown;
  readonly abortSignal?: AbortSignal | undefined;
  readonly experimental_transform?: StreamTransform | readonly StreamTransform[] | undefined;
}

interface LoopAgent {
  generate(call: LoopAgentCall): Promise<TextResult>;
  stream(call: LoopAgentCall): Promise<unknown>;
}

const nextId = createIds();

/**
 * Makes a class with `preHooks` and `postHooks` of an agent class: `createAgentClass(ToolLoopAgent)`. It takes the
 * `ToolLoopAgent` of ai 6 and of ai 7, or a class derived from it, and keeps its types.
 */
export function createAgentClass<Settings extends object, Instance extends object>(
  agentClass: new (settings: Settings) => Instance,
): new (settings: Settings & AgentHooks) => Instance {
  const Base = agentClass as unknown as new (settings: LoopAgentSettings) => LoopAgent;

  class HookedAgent extends Base {
    private readonly headroom: { readonly settings: LoopAgentSettings; readonly hooks: RunHooks };

    constructor({ preHooks, postHooks, ...settings }: LoopAgentSettings & AgentHooks) {
      const hooks = checkHooks('Agent', { ...settings, preHooks, postHooks });
      const own = withRetrieveTool(settings);
      super(own.tools === undefined ? own : { ...own, tools: toolsWithinRun(own.tools) });
      this.headroom = { settings: own, hooks };
    }

    override async generate(call: LoopAgentCall): Promise<TextResult> {
      const run = await this.beginRun(call);
      try {
        const result = await withinAgentRun(run, () => super.generate(withRunCallbacks(call, run)));
        await run.end(endOfResult(result));
        return result;
      } catch (error) {
        await run.end(endOfError(error, call.abortSignal));
        throw error;
      }
    }

    override async stream(call: LoopAgentCall): Promise<unknown> {
      const run = await this.beginRun(call);
      run.endWhenAborted(call.abortSignal);
      const observer = observeRunStream((ending) => run.end(ending), call.abortSignal);
      const transforms = [call.experimental_transform ?? []].flat();
      const observed = { ...withRunCallbacks(call, run), experimental_transform: [...transforms, observer] };
      try {
        return await withinAgentRun(run, () => super.stream(observed));
      } catch (error) {
        await run.end(endOfError(error, call.abortSignal));
        throw error;
      }
    }

    private async beginRun(call: LoopAgentCall): Promise<AgentRun> {
      const { settings, hooks } = this.headroom;
      const around = currentRun();
      const run = new AgentRun(hooks, {
        runId: nextId('run'),
        parentRunId: around?.runId,
        sessionId: around?.sessionId,
        agent: settings.id,
      });
      await run.begin({ ...nameOfModel(settings.model), input: call.prompt ?? call.messages });
      return run;
    }
  }

  return HookedAgent as unknown as new (settings: Settings & AgentHooks) => Instance;
}
