import { checkOptions, isAnything } from '../../check-options.ts';
import { systemClock } from '../../events/clock.ts';
import { createIds } from '../../events/ids.ts';
import type { PostHook, PreHook } from '../../hooks/hook.ts';
import { currentRun } from '../../hooks/run-scope.ts';
import type { HeadroomModel, HeadroomModelOptions } from '../../model/headroom-model.ts';
import { createRetrieveTool } from '../../retrieval/retrieve-tool.ts';
import { RUN_OPTION_CHECKS } from '../runs/run-hooks.ts';
import { AgentRun } from '../runs/agent-run.ts';
import { wireCompression } from '../runs/compression-wiring.ts';
import type { RunHooks } from '../runs/run-hooks.ts';
import type { GraphNode, GraphRun } from './call-tree.ts';
import { CompressingModels, MODEL } from './compressing-models.ts';
import { endOfCall } from './end-of-call.ts';
import { placeOf, threadOf, type ModelAnswer, type ModelCallRequest } from './model-call-request.ts';
import { nameOfModel, type NamedModel } from './name-of-model.ts';
import { callTree, GraphCallbacks, type RunCallbacks } from './run-callbacks.ts';
import { structuredRetrieveTool, type StructuredRetrieveTool } from './structured-retrieve-tool.ts';

export interface HeadroomMiddlewareOptions {
  /**
   * Told before the first call of a run, in order. One that throws a `HeadroomStopError` keeps the call from being made;
   * whatever else one throws is reported as a `fault` and the run goes on.
   */
  readonly preHooks?: readonly PreHook[] | undefined;
  /** Told once when a run is over: finished, interrupted, failed, aborted or left by its reader. */
  readonly postHooks?: readonly PostHook[] | undefined;
  /** The agent's name in events. @default the `name` that `createAgent` was given */
  readonly agent?: string | undefined;
  /** How tool results are compressed: the options of `HeadroomModel`. @default its defaults, on the events of the hooks */
  readonly compression?: HeadroomModelOptions | undefined;
}

/** A middleware as `createAgent` of LangChain takes them, and the callbacks that go with it. */
export interface HeadroomMiddleware {
  readonly name: 'Headroom';
  /** `headroom_retrieve`, where something may be left out of tool results. */
  readonly tools: readonly StructuredRetrieveTool[];
  readonly wrapModelCall: <Request extends ModelCallRequest, Answer extends ModelAnswer>(
    request: Request,
    handler: (request: Request) => Answer | Promise<Answer>,
  ) => Promise<Answer>;
  /** For `createAgent(...).withConfig({ callbacks: [headroom.callbacks] })`, without which no run is seen. */
  readonly callbacks: RunCallbacks;
}

const nextId = createIds();

/**
 * Makes a middleware for agents of LangChain 1 that compresses tool results before each model call, offers
 * `headroom_retrieve` to the model where something may be left out, and with its `callbacks` tells `preHooks` and
 * `postHooks` of every run. The state of the graph stays as it is: messages are read and never changed.
 *
 * Throws a `HeadroomError` for what is not a hook and for options that can not work.
 */
export function createHeadroomMiddleware(options: HeadroomMiddlewareOptions = {}): HeadroomMiddleware {
  checkOptions<HeadroomMiddlewareOptions>('createHeadroomMiddleware', options, {
    ...RUN_OPTION_CHECKS,
    compression: isAnything,
  });
  const { preHooks, postHooks, agent, compression = {} } = options;
  const owner = 'createHeadroomMiddleware';
  const { hooks, template, settings } = wireCompression(owner, { preHooks, postHooks }, { model: MODEL, compression });
  const models = new CompressingModels(settings);
  const runs = new GraphRuns(hooks, agent);
  return {
    name: 'Headroom',
    tools: toolsOf(template, settings, runs),
    callbacks: new GraphCallbacks((node, threadId) => runs.open(node, { threadId })),
    async wrapModelCall(request, handler) {
      const graph = runs.enter(request);
      await graph?.begun;
      const send = (messages: readonly object[]): ReturnType<typeof handler> =>
        handler(messages === request.messages ? request : { ...request, messages });
      if (graph === undefined) return models.call(request, send);
      const answer = await graph.run.within(() => models.call(request, send));
      const { finishReason } = endOfCall(answer);
      graph.finishReason = typeof finishReason === 'string' ? finishReason : undefined;
      return answer;
    },
  };
}

/** The runs of graphs in which a middleware is. */
class GraphRuns {
  readonly hooks: RunHooks;
  private readonly agent: string | undefined;
  private isReported = false;

  constructor(hooks: RunHooks, agent: string | undefined) {
    this.hooks = hooks;
    this.agent = agent;
  }

  /** The run that a model is called in, begun if it was not; none where the callbacks are not told of its graph. */
  enter({ runtime, model, messages }: ModelCallRequest): GraphRun | undefined {
    const node = callTree.nodeAt(placeOf(runtime));
    if (node === undefined) {
      this.reportMissingCallbacks();
      return undefined;
    }
    return this.open(node, { threadId: threadOf(runtime), model: nameOfModel(model), input: messages });
  }

  open(
    node: GraphNode,
    about: { readonly threadId: string | undefined; readonly model?: NamedModel; readonly input?: unknown },
  ): GraphRun {
    const known = callTree.runOf(node.graphId);
    if (known !== undefined) return known;
    const around = callTree.runAround(node)?.scope ?? currentRun();
    const run = new AgentRun(this.hooks, {
      runId: nextId('run'),
      parentRunId: around?.runId,
      sessionId: about.threadId ?? around?.sessionId,
      agent: this.agent ?? node.agent,
    });
    const { model, input } = about;
    const named = model === undefined ? {} : { provider: model.provider, model: model.modelId };
    const begun = run.begin({ ...named, input });
    const graph: GraphRun = { run, hooks: this.hooks, begun, finishReason: undefined };
    // Whoever waits for it hears of it.
    begun.catch(() => {});
    callTree.addRun(node.graphId, graph);
    return graph;
  }

  private reportMissingCallbacks(): void {
    const hasHooks = this.hooks.preHooks.length + this.hooks.postHooks.length > 0;
    if (this.isReported || !hasHooks || currentRun() !== undefined) return;
    this.isReported = true;
    const message =
      'No run is seen: give the agent the callbacks of the middleware, .withConfig({ callbacks: [headroom.callbacks] }).';
    for (const events of this.hooks.events) events.fault('hook', message, undefined);
  }
}

function toolsOf(
  { loss, mode, store, scope, events }: HeadroomModel,
  { clock = systemClock }: HeadroomModelOptions,
  runs: GraphRuns,
): readonly StructuredRetrieveTool[] {
  if (loss === 'none' || mode !== 'optimize') return [];
  const tool = createRetrieveTool({ store, scope, events, clock, run: currentRun });
  return [
    structuredRetrieveTool(tool, (runtime) => {
      const node = callTree.nodeAt(placeOf(runtime));
      return node === undefined ? undefined : runs.open(node, { threadId: threadOf(runtime) }).run;
    }),
  ];
}
