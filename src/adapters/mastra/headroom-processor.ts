import { checkOptions, isAnything } from '../../check-options.ts';
import { createIds } from '../../events/ids.ts';
import type { PostHook, PreHook } from '../../hooks/hook.ts';
import { currentRun } from '../../hooks/run-scope.ts';
import { HeadroomStopError } from '../../hooks/stop-error.ts';
import type { HeadroomModel, HeadroomModelOptions } from '../../model/headroom-model.ts';
import { RETRIEVE_TOOL_NAME } from '../../retrieval/retrieve-tool.ts';
import { textAt } from '../field-of.ts';
import { AgentRun } from '../runs/agent-run.ts';
import { CompressingModels } from '../runs/compressing-models.ts';
import { wireCompression } from '../runs/compression-wiring.ts';
import { NO_MODEL } from '../runs/no-model.ts';
import { checkHooks, type RunHooks, RUN_OPTION_CHECKS } from '../runs/run-hooks.ts';
import { withRetrieveTool } from '../../hooks/with-retrieve-tool.ts';
import { modelWithinRun } from './model-within-run.ts';
import type {
  InputArguments,
  InputStepArguments,
  InputStepResult,
  OutputResultArguments,
} from './processor-arguments.ts';
import { endOfRun } from './run-ending.ts';
import { RunRegistry } from './run-registry.ts';
import { toolsWithinRun } from './tools-within-run.ts';

export interface HeadroomProcessorOptions {
  /**
   * Told before a run starts, in order. One that throws a `HeadroomStopError` keeps the run from starting: the answer has
   * a `tripwire` with its message. Whatever else one throws is reported as a `fault` and the run goes on.
   */
  readonly preHooks?: readonly PreHook[] | undefined;
  /** Told once when a run is over: finished, failed or aborted. */
  readonly postHooks?: readonly PostHook[] | undefined;
  /** The agent's name in events. @default the id of the agent, where Mastra tells processors of it */
  readonly agent?: string | undefined;
  /**
   * How tool results are compressed: the options of `HeadroomModel`. `false` leaves that to a `HeadroomModel` which the
   * agent was given as its model. @default the defaults of `HeadroomModel`, on the events of the hooks
   */
  readonly compression?: HeadroomModelOptions | false | undefined;
}

/**
 * A processor as `inputProcessors` and `outputProcessors` of Mastra take them. Give the agent the same one in both: as the
 * last of the input, so that it sees no run that another keeps from starting, and as the first of the output, so that no
 * other hides from it that a run is over.
 */
export interface HeadroomProcessor {
  readonly id: 'headroom';
  readonly name: string;
  processInput<List>(input: InputArguments<List>): Promise<List>;
  processInputStep<List, Model>(step: InputStepArguments<List, Model>): Promise<InputStepResult<Model>>;
  processOutputResult<List>(output: OutputResultArguments<List>): Promise<List>;
}

const nextId = createIds();

/**
 * Makes a processor for Mastra that does all of it: it tells `preHooks` and `postHooks` of every run, compresses tool
 * results before each model call, and offers `headroom_retrieve` to the model where something may be left out. What the
 * agent stores stays as it is: messages are read and never changed.
 *
 * Throws a `HeadroomError` for what is not a hook and for options that can not work.
 */
export function createHeadroomProcessor(options: HeadroomProcessorOptions = {}): HeadroomProcessor {
  return new MastraProcessor(options);
}

/** What is known of a run, besides what its `AgentRun` tells. */
interface Progress {
  abortSignal: AbortSignal | undefined;
  failure: { readonly error: unknown } | undefined;
}

class MastraProcessor implements HeadroomProcessor {
  readonly id = 'headroom';
  readonly name = 'Headroom';
  private readonly agent: string | undefined;
  private readonly hooks: RunHooks;
  /** Stands for the models of the runs, to say what was set. */
  private readonly template: HeadroomModel | undefined;
  private readonly compressing: CompressingModels | undefined;
  private readonly runs = new RunRegistry();
  private readonly progress = new WeakMap<AgentRun, Progress>();

  constructor(options: HeadroomProcessorOptions) {
    checkOptions<HeadroomProcessorOptions>('createHeadroomProcessor', options, {
      ...RUN_OPTION_CHECKS,
      compression: isAnything,
    });
    const { preHooks, postHooks, agent, compression = {} } = options;
    const owner = 'createHeadroomProcessor';
    this.agent = agent;
    if (compression === false) {
      this.hooks = checkHooks(owner, { preHooks, postHooks });
      return;
    }
    const { hooks, template, settings } = wireCompression(
      owner,
      { preHooks, postHooks },
      { model: NO_MODEL, compression },
    );
    this.hooks = hooks;
    this.template = template;
    this.compressing = new CompressingModels(settings);
  }

  async processInput<List>(input: InputArguments<List>): Promise<List> {
    await this.begin(input);
    return input.messageList;
  }

  async processInputStep<List, Model>(step: InputStepArguments<List, Model>): Promise<InputStepResult<Model>> {
    // A run that was resumed in another process began there.
    const run = this.runs.find(step) ?? (await this.begin(step));
    try {
      for (const id of [step.messages.at(-1)?.id, step.messageId]) this.runs.addMessage(run, id);
      run.step();
      const { tools = {} } = withRetrieveTool({ model: this.template, tools: step.tools });
      const { activeTools } = step;
      const isAdded = RETRIEVE_TOOL_NAME in tools && !(RETRIEVE_TOOL_NAME in (step.tools ?? {}));
      return {
        model: this.scopedModel(step.model, run),
        tools: toolsWithinRun(tools, run),
        ...(activeTools !== undefined && isAdded ? { activeTools: [...activeTools, RETRIEVE_TOOL_NAME] } : {}),
      };
    } catch (error) {
      run.reportFault('A step could not be prepared; it goes on as it is.', error);
      return {};
    }
  }

  async processOutputResult<List>(output: OutputResultArguments<List>): Promise<List> {
    const run = this.runs.find(output);
    if (run !== undefined) {
      this.runs.removeMessages(run);
      const { failure, abortSignal } = this.progress.get(run) ?? {};
      await run.end(endOfRun(output.result, { failure, abortSignal }));
    }
    return output.messageList;
  }

  private async begin(input: InputArguments<unknown>): Promise<AgentRun> {
    const around = currentRun();
    const run = new AgentRun(this.hooks, {
      runId: nextId('run'),
      parentRunId: around?.runId,
      sessionId: threadOf(input.requestContext) ?? around?.sessionId,
      agent: this.agent ?? idOf(input.agent),
    });
    this.runs.add(run, input);
    const { abortSignal } = input;
    this.progress.set(run, { abortSignal, failure: undefined });
    try {
      await run.begin({ input: input.messages });
    } catch (error) {
      // Mastra would wrap what is thrown, so that its caller could not tell what it is.
      if (HeadroomStopError.is(error)) input.abort(error.message);
      throw error;
    }
    run.endWhenAborted(abortSignal);
    return run;
  }

  private scopedModel<Model>(model: Model, run: AgentRun): Model {
    const progress = this.progress.get(run);
    return modelWithinRun(
      model,
      {
        within: (call) => run.within(call),
        onStart: (abortSignal) => {
          if (progress === undefined) return;
          progress.failure = undefined;
          // Not all versions of Mastra show it to processors.
          if (progress.abortSignal === undefined) run.endWhenAborted(abortSignal);
          progress.abortSignal ??= abortSignal;
        },
        onError: (error) => {
          if (progress !== undefined) progress.failure = { error };
        },
      },
      this.compressing,
    );
  }
}

function idOf(agent: unknown): string | undefined {
  return textAt(agent, 'id');
}

/** The thread of Mastra's memory, where the run has one. */
function threadOf(requestContext: unknown): string | undefined {
  if (typeof requestContext !== 'object' || requestContext === null || !('get' in requestContext)) return undefined;
  const { get } = requestContext;
  if (typeof get !== 'function') return undefined;
  const memory: unknown = get.call(requestContext, 'MastraMemory');
  return typeof memory === 'object' && memory !== null ? textAt(Reflect.get(memory, 'thread'), 'id') : undefined;
}
