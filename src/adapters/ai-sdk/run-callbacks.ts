import type { AgentRun } from '../runs/agent-run.ts';

type Callback = (event: unknown) => unknown;

/** What ai 6 and ai 7 say of a tool call that ended: `success`, `output` and `error`, or `toolOutput`. */
interface ToolCallbackEvent {
  readonly toolCall?:
    | { readonly toolCallId?: unknown; readonly toolName?: unknown; readonly input?: unknown }
    | undefined;
  readonly success?: boolean | undefined;
  readonly output?: unknown;
  readonly error?: unknown;
  readonly toolOutput?: { readonly type?: string; readonly output?: unknown; readonly error?: unknown } | undefined;
}

/**
 * The same call with callbacks that tell the run of its steps and tools, each of which still calls the caller's own.
 * The names are those of ai 7 and of ai 6; either version ignores the other's.
 */
export function withRunCallbacks<Call extends object>(call: Call, run: AgentRun): Call {
  const own = call as Readonly<Record<string, unknown>>;
  // ai 7 reads `onStepFinish` only where `onStepEnd` is not given, so that the caller's choice has to be kept.
  const onStep = own['onStepEnd'] === undefined ? 'onStepFinish' : 'onStepEnd';
  const startTool: Callback = (event) => {
    const { toolCallId, toolName, input } = readToolCall(event);
    run.startTool({ toolCallId, toolName, input });
  };
  const endTool: Callback = (event) => {
    const { toolCallId, toolName } = readToolCall(event);
    const told = event as ToolCallbackEvent;
    run.endTool(toolCallId, toolName, failureOf(told), told.toolOutput?.output ?? told.output);
  };
  const observers: Readonly<Record<string, Callback>> = {
    [onStep]: () => run.step(),
    onToolExecutionStart: startTool,
    onToolExecutionEnd: endTool,
    experimental_onToolCallStart: startTool,
    experimental_onToolCallFinish: endTool,
  };
  const merged = Object.entries(observers).map(([name, observe]) => [name, before(own[name], observe, run)]);
  return { ...call, ...Object.fromEntries(merged) };
}

function before(callback: unknown, observe: Callback, run: AgentRun): Callback {
  return (event) => {
    try {
      observe(event);
    } catch (error) {
      run.reportFault('A step or a tool call could not be reported.', error);
    }
    return typeof callback === 'function' ? (callback as Callback)(event) : undefined;
  };
}

function readToolCall(event: unknown): {
  readonly toolCallId: string;
  readonly toolName: string;
  readonly input: unknown;
} {
  const { toolCall } = event as ToolCallbackEvent;
  return { toolCallId: String(toolCall?.toolCallId), toolName: String(toolCall?.toolName), input: toolCall?.input };
}

function failureOf(event: ToolCallbackEvent): { readonly error: unknown } | undefined {
  if (event.toolOutput?.type === 'tool-error') return { error: event.toolOutput.error };
  return event.success === false ? { error: event.error } : undefined;
}
