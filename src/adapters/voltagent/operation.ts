import { currentRun, enterRun } from '../../hooks/run-scope.ts';
import { addUsage, type TokenUsage } from '../../tokens/normalize-usage.ts';
import { AgentRun } from '../runs/agent-run.ts';
import { nameOfModel } from '../runs/name-of-model.ts';
import { isOwnEnd } from '../../hooks/is-own-end.ts';
import { knownUsage } from '../runs/run-ending.ts';
import type { RunHooks } from '../runs/run-hooks.ts';
import { endOfError, endOfOutput } from './end-of-operation.ts';
import type {
  EndArguments,
  OperationContext,
  StartArguments,
  StepArguments,
  ToolEndArguments,
  ToolStartArguments,
} from './hook-arguments.ts';

/**
 * One operation of an agent: `generateText`, `streamText`, `generateObject` or `streamObject`. VoltAgent makes a context
 * for each, which all of its hooks are given, and starts it again when a middleware asks for that.
 */
export class Operation {
  readonly run: AgentRun;
  /** Settles when the pre hooks were told; rejects when one of them stops the run. */
  readonly begun: Promise<void>;
  private readonly context: OperationContext;
  /** Of all steps. What VoltAgent tells at the end is the last step's in its older versions. */
  private usage: TokenUsage | undefined;
  /** Of a stream, since its last step. */
  private failure: { readonly error: unknown } | undefined;
  private cancelEnd: (() => void) | undefined;
  private isSeenOutside = false;

  constructor(hooks: RunHooks, { agent, context }: StartArguments, runId: string, name: string | undefined) {
    const around = currentRun();
    const { signal } = context.abortController;
    this.context = context;
    this.run = new AgentRun(hooks, {
      runId,
      parentRunId: around?.runId,
      sessionId: context.conversationId ?? around?.sessionId,
      agent: name ?? agent.name,
    });
    this.begun = this.run.begin({ ...nameOfModel(agent.model), input: context.input });
    // Its rejection is for the hook that waits for it.
    this.begun.catch(() => {});
    // VoltAgent says nothing of a stream that ends because another agent has answered.
    this.run.endWhenAborted(signal, () => this.ending(undefined));
  }

  /** Makes what follows in the operation part of the run. */
  enter(): void {
    enterRun(this.run.scope);
  }

  step({ step }: StepArguments): void {
    const { usage, finishReason } = (step ?? {}) as { readonly usage?: unknown; readonly finishReason?: unknown };
    this.usage = addUsage(this.usage, knownUsage(usage));
    this.cancelEnd?.();
    if (isOwnEnd(finishReason)) this.failure = undefined;
    this.run.step();
  }

  startTool({ tool, args, options }: ToolStartArguments): void {
    this.cancelEnd?.();
    this.reportOutside();
    this.run.startTool({ toolCallId: options?.toolContext?.callId ?? tool.name, toolName: tool.name, input: args });
  }

  endTool({ tool, options, output }: Pick<ToolEndArguments, 'tool' | 'options' | 'output'>, error: unknown): void {
    const failure = error === undefined || error === null ? undefined : { error };
    this.run.endTool(options?.toolContext?.callId ?? tool.name, tool.name, failure, output);
  }

  /** A stream that failed may go on. It ends as VoltAgent says, or in a while if it says nothing. */
  fail(error: unknown): void {
    this.failure ??= { error };
    this.cancelEnd?.();
    this.cancelEnd = this.run.endSoon(() => this.ending(undefined));
  }

  async end({ output, error }: Pick<EndArguments, 'output' | 'error'>): Promise<void> {
    if (error !== undefined && error !== null) this.failure = { error };
    await this.run.end(this.ending(output));
  }

  private ending(output: unknown): ReturnType<typeof endOfError> {
    const { context, failure, usage } = this;
    const bailed = context.systemContext.get('bailedResult') as { readonly response?: unknown } | undefined;
    if (bailed !== undefined) {
      return { outcome: 'ok', endedBy: 'host', finishReason: 'bail', usage, output: bailed.response };
    }
    const { signal } = context.abortController;
    if (output === undefined) return { ...endOfError(failure?.error ?? signal.reason, signal), usage };
    return { ...endOfOutput(output, failure), ...(usage === undefined ? {} : { usage }) };
  }

  /** Code that is not part of its run can not be told from that of other runs. */
  private reportOutside(): void {
    if (this.isSeenOutside || currentRun()?.runId === this.run.scope.runId) return;
    this.isSeenOutside = true;
    const message =
      'A call with hooks of its own is not seen as its run: make these with createHeadroomAgentHooks() too.';
    this.run.reportFault(message, undefined);
  }
}
