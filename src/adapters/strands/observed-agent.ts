import { createIds } from '../../events/ids.ts';
import { outcomeOf } from '../../hooks/outcome-of.ts';
import { currentRun } from '../../hooks/run-scope.ts';
import { AgentRun, type ToolFailure } from '../runs/agent-run.ts';
import type { RunHooks } from '../runs/run-hooks.ts';
import type { CompressingModels } from './compressing-models.ts';
import { finishReasonOf } from './end-of-call.ts';
import { OpenInvocation } from './open-invocation.ts';
import { nameOfModel } from './name-of-model.ts';
import { runOfNode } from './observed-orchestrator.ts';
import { passOn, type PassedEnd } from '../runs/pass-on.ts';
import { fieldOf, textAt } from '../field-of.ts';
import type {
  AgentResult,
  BeforeInvocation,
  ModelContext,
  ModelResult,
  Stage,
  StrandsAgent,
  StrandsSdk,
  ToolContext,
  ToolResult,
} from './strands-shapes.ts';

export interface ObservedAgentOptions {
  readonly hooks: RunHooks;
  /** Left out where the agent's own model compresses. */
  readonly models: CompressingModels | undefined;
  /** The agent's name in events. */
  readonly name: string | undefined;
}

const nextId = createIds();

/** Before and after all hooks of others: lower orders come first. */
const [FIRST, LAST] = [{ order: -10_000 }, { order: 10_000 }];

/**
 * Tells of what one agent does, by Strands' public hooks and middleware, and sends compressed what its model reads. An
 * agent of Strands is run once at a time.
 */
export class ObservedAgent {
  private readonly agent: StrandsAgent;
  private readonly sdk: StrandsSdk;
  private readonly options: ObservedAgentOptions;
  private last: OpenInvocation | undefined;

  constructor(agent: StrandsAgent, sdk: StrandsSdk, options: ObservedAgentOptions) {
    this.agent = agent;
    this.sdk = sdk;
    this.options = options;
  }

  observe(): void {
    const { agent, sdk } = this;
    const stages = {
      model: (context: ModelContext, next: Stage<ModelContext, ModelResult>) => this.invokeModel(context, next),
      tool: (context: ToolContext, next: Stage<ToolContext, ToolResult>) => this.executeTool(context, next),
    };
    // A hook that keeps the agent from being run is known by then.
    agent.addHook(sdk.BeforeInvocationEvent as never, (event: BeforeInvocation) => this.begin(event), LAST);
    agent.addHook(sdk.AfterInvocationEvent as never, () => this.open?.endIfKnown(), FIRST);
    agent.addHook(sdk.AgentResultEvent as never, (event: AgentResult) => this.open?.endWith(event.result), FIRST);
    agent.addMiddleware(sdk.InvokeModelStage as never, stages.model as never);
    agent.addMiddleware(sdk.ExecuteToolStage as never, stages.tool as never);
  }

  private get open(): OpenInvocation | undefined {
    return this.last?.run.hasEnded === true ? undefined : this.last;
  }

  private async begin({ cancel }: BeforeInvocation): Promise<void> {
    if (cancel !== undefined && cancel !== false) return;
    const { agent, options } = this;
    // An invocation that goes on by itself begins again without a result.
    await this.last?.endUnknown();
    const around = runOfNode(agent)?.scope ?? currentRun();
    const run = new AgentRun(options.hooks, {
      runId: nextId('run'),
      parentRunId: around?.runId,
      sessionId: sessionOf(agent) ?? around?.sessionId,
      agent: options.name ?? textAt(agent, 'name') ?? agent.id,
    });
    this.last = new OpenInvocation(run, agent.cancelSignal);
    const { provider, modelId } = nameOfModel(agent.model);
    await run.begin({ provider, model: modelId });
  }

  private async *invokeModel(
    context: ModelContext,
    next: Stage<ModelContext, ModelResult>,
  ): AsyncGenerator<unknown, ModelResult, undefined> {
    const { open } = this;
    const { models } = this.options;
    const within = <Made>(part: () => Made): Made => (open === undefined ? part() : open.run.within(part));
    const isRetry = open?.beginCall(this.agent.messages) ?? false;
    const call = models === undefined ? next(context) : models.call(context, { next, isRetry }, this.sdk);
    return yield* passOn(call, { within, onEnd: (end) => open?.endCall(end, finishReasonIn(end)) });
  }

  private async *executeTool(
    context: ToolContext,
    next: Stage<ToolContext, ToolResult>,
  ): AsyncGenerator<unknown, ToolResult, undefined> {
    const { open } = this;
    // A tool that is called by hand.
    if (open === undefined) return yield* next(context);
    const { run } = open;
    const { toolUseId, name, input } = context.toolUse;
    run.startTool({ toolCallId: toolUseId, toolName: name, input });
    return yield* passOn(next(context), {
      within: (step) => run.within(step, toolUseId),
      onEnd: (end) => {
        if (end.kind === 'left') open.markLeft();
        const output = end.kind === 'returned' ? end.result.result.content : undefined;
        run.endTool(toolUseId, name, failureOf(end, open.isAborted), output);
      },
    });
  }
}

function finishReasonIn(end: PassedEnd<ModelResult>): string | undefined {
  return end.kind === 'returned' ? finishReasonOf(end.result.result.stopReason) : undefined;
}

function failureOf(end: PassedEnd<ToolResult>, isAborted: boolean): ToolFailure | undefined {
  if (end.kind === 'left') return { outcome: 'aborted', error: undefined };
  if (end.kind === 'threw') {
    const { error } = end;
    // A tool that asks a human goes on later, in a call of its own.
    const isPause = fieldOf(error, 'interrupts') !== undefined;
    return { outcome: isPause || isAborted ? 'aborted' : outcomeOf(error), error };
  }
  const { status, error } = end.result.result;
  if (status !== 'error') return undefined;
  return { outcome: isAborted ? 'aborted' : outcomeOf(error), error };
}

/** Agents without a session manager have an id that means nothing. */
function sessionOf(agent: StrandsAgent): string | undefined {
  const manager = fieldOf(agent, 'sessionManager');
  if (manager === undefined || manager === null) return undefined;
  return textAt(agent, 'sessionId') ?? textAt(manager, 'sessionId') ?? textAt(manager, '_sessionId');
}
