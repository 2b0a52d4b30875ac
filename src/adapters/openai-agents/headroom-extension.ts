import { checkOptions, isAnything } from '../../check-options.ts';
import { systemClock } from '../../events/clock.ts';
import type { PostHook, PreHook } from '../../hooks/hook.ts';
import { currentRun } from '../../hooks/run-scope.ts';
import type { HeadroomModelOptions } from '../../model/headroom-model.ts';
import { createRetrieveTool } from '../../retrieval/retrieve-tool.ts';
import { wireCompression, type CompressionWiring } from '../runs/compression-wiring.ts';
import { endOfError } from '../runs/run-ending.ts';
import { checkHooks, type RunHooks, RUN_OPTION_CHECKS } from '../runs/run-hooks.ts';
import { fieldOf, textAt } from '../field-of.ts';
import type { AgentsModel, AgentsModelProvider, AgentsRunner } from './agents-sdk.ts';
import { CompressingModels, MODEL, nameOfModel, type ModelName } from './compressing-models.ts';
import { endOfResult, endOfStream } from './end-of-run.ts';
import { functionRetrieveTool, type FunctionRetrieveTool } from './function-retrieve-tool.ts';
import { currentObservedRun, ObservedRun } from './observed-run.ts';
import { observeRunner, type RunnerCall, type RunObserver } from './observed-runner.ts';

export interface HeadroomExtensionOptions {
  /**
   * Told before a run starts, in order. One that throws a `HeadroomStopError` keeps the run from starting; whatever else
   * one throws is reported as a `fault` and the run goes on.
   */
  readonly preHooks?: readonly PreHook[] | undefined;
  /** Told once when a run is over: finished, interrupted, failed, aborted or left by its reader. */
  readonly postHooks?: readonly PostHook[] | undefined;
  /** The name in events of the agent that a run begins with. @default the agent's own */
  readonly agent?: string | undefined;
  /**
   * How tool results are compressed: the options of `HeadroomModel`. `false` leaves that to a `HeadroomModel` in `aisdk()`.
   * @default the defaults of `HeadroomModel`, on the events of the hooks
   */
  readonly compression?: HeadroomModelOptions | false | undefined;
}

export interface HeadroomExtension {
  /**
   * Makes a runner tell the hooks of its runs, those of agents in its tools included, and compress for the models that it
   * is asked for by name. Returns the runner.
   */
  readonly attach: <Runner extends AgentsRunner>(runner: Runner) => Runner;
  /** The same model, compressing: for an agent that has a model object as its model. */
  readonly model: <Model extends AgentsModel>(model: Model, name?: ModelName) => Model;
  /** The same provider, of models that compress: for an agent's or a tool's own. `attach` does it for a runner's. */
  readonly modelProvider: <Provider extends AgentsModelProvider>(provider: Provider) => Provider;
  /** `headroom_retrieve`, where something may be left out: `tools: [...mine, ...headroom.tools]`. */
  readonly tools: readonly FunctionRetrieveTool[];
}

/**
 * Makes an extension for the OpenAI Agents SDK that compresses tool results before each model call, and tells `preHooks`
 * and `postHooks` of every run of the runners that it is attached to. What the SDK keeps, its history, its sessions and
 * its state, stays as it is: items are read and never changed.
 *
 * Throws a `HeadroomError` for what is not a hook and for options that can not work.
 */
export function createHeadroomExtension(options: HeadroomExtensionOptions = {}): HeadroomExtension {
  const owner = 'createHeadroomExtension';
  checkOptions<HeadroomExtensionOptions>(owner, options, { ...RUN_OPTION_CHECKS, compression: isAnything });
  const { preHooks, postHooks, agent, compression = {} } = options;
  const wiring =
    compression === false ? undefined : wireCompression(owner, { preHooks, postHooks }, { model: MODEL, compression });
  const hooks = wiring?.hooks ?? checkHooks(owner, { preHooks, postHooks });
  const models =
    wiring === undefined ? undefined : new CompressingModels(wiring.settings, () => currentObservedRun()?.begun);
  const observer = new RunnerObserver(hooks, agent);
  return {
    attach(runner) {
      const isNew = observeRunner(runner, observer);
      if (isNew && models !== undefined) compressModelsOf(runner.config, models);
      return runner;
    },
    model: (model, name) => (models === undefined ? model : models.wrap(model, name)),
    modelProvider: (provider) => (models === undefined ? provider : models.wrapProvider(provider)),
    tools: wiring === undefined ? [] : toolsOf(wiring),
  };
}

/** Runners made for agents in tools take these over. */
function compressModelsOf(config: object, models: CompressingModels): void {
  const { model, modelProvider } = config as { readonly model?: unknown; readonly modelProvider?: unknown };
  if (typeof fieldOf(model, 'getResponse') === 'function') {
    Object.assign(config, { model: models.wrap(model as AgentsModel) });
  }
  if (typeof fieldOf(modelProvider, 'getModel') === 'function') {
    Object.assign(config, { modelProvider: models.wrapProvider(modelProvider as AgentsModelProvider) });
  }
}

class RunnerObserver implements RunObserver {
  private readonly hooks: RunHooks;
  private readonly agentName: string | undefined;

  constructor(hooks: RunHooks, agentName: string | undefined) {
    this.hooks = hooks;
    this.agentName = agentName;
  }

  async observe({ runner, agent, input, options, run: goOn }: RunnerCall): Promise<unknown> {
    // A state that a run is resumed from knows which agent is in charge.
    const inCharge = fieldOf(input, 'currentAgent') ?? agent;
    const isResumed = typeof input !== 'string' && !Array.isArray(input);
    const signal = fieldOf(options, 'signal') as AbortSignal | undefined;
    const run = new ObservedRun({
      hooks: this.hooks,
      observer: this,
      agent: inCharge,
      agentName: currentObservedRun() === undefined ? this.agentName : undefined,
      sessionId: await sessionOf(runner, options),
      model: modelOf(fieldOf(inCharge, 'model') || fieldOf(runner.config, 'model')),
      signal,
    });
    await run.begin(input);
    try {
      const result = await run.within(goOn);
      const completed = fieldOf(result, 'completed');
      if (!(completed instanceof Promise)) {
        await run.end(endOfResult(result, isResumed));
        return result;
      }
      run.endWhenAborted();
      void completed.then(
        () => run.end(endOfStream(result, isResumed, signal)),
        (error: unknown) => run.end(endOfError(error, signal)),
      );
      return result;
    } catch (error) {
      await run.end(endOfError(error, signal));
      throw error;
    }
  }
}

function toolsOf({ template, settings }: CompressionWiring): readonly FunctionRetrieveTool[] {
  const { loss, mode, store, scope, events } = template;
  if (loss === 'none' || mode !== 'optimize') return [];
  const { clock = systemClock } = settings;
  return [functionRetrieveTool(createRetrieveTool({ store, scope, events, clock, run: currentRun }))];
}

/** What the caller calls the conversation: at OpenAI, in a session, or in traces. */
async function sessionOf(runner: AgentsRunner, options: unknown): Promise<string | undefined> {
  const named = textAt(options, 'conversationId');
  if (named !== undefined) return named;
  const session = fieldOf(options, 'session');
  const ask = fieldOf(session, 'getSessionId');
  try {
    const id: unknown = typeof ask === 'function' ? await ask.call(session) : undefined;
    if (typeof id === 'string' && id !== '') return id;
  } catch {
    // The SDK asks it too, and tells.
  }
  return textAt(runner.config, 'groupId');
}

function modelOf(model: unknown): { readonly provider?: string; readonly model?: string } {
  if (typeof model === 'string') return model === '' ? {} : { model };
  if (typeof model !== 'object' || model === null) return {};
  const { provider, modelId } = nameOfModel(model);
  return modelId === 'unknown' ? {} : { provider, model: modelId };
}
