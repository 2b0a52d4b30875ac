import type { AgentRun } from '../runs/agent-run.ts';
import { withExecute } from '../runs/with-execute.ts';

type Execute = (input: unknown, options?: unknown) => unknown;

/** Where Mastra's tools, and those of the AI SDK, find the id of their call. */
interface ToolOptions {
  readonly toolCallId?: unknown;
  readonly agent?: { readonly toolCallId?: unknown } | undefined;
}

/** The same tools, executed as part of a run that is told of them. Tools that the client executes stay as they are. */
export function toolsWithinRun(tools: Readonly<Record<string, unknown>>, run: AgentRun): Record<string, unknown> {
  return Object.fromEntries(Object.entries(tools).map(([name, tool]) => [name, toolWithinRun(name, tool, run)]));
}

function toolWithinRun(name: string, tool: unknown, run: AgentRun): unknown {
  if (typeof tool !== 'object' || tool === null) return tool;
  const { execute } = tool as { readonly execute?: unknown };
  if (typeof execute !== 'function') return tool;
  let unnamedCount = 0;
  const observed: Execute = async (input, options) => {
    const { toolCallId, agent } = (options ?? {}) as ToolOptions;
    const named = toolCallId ?? agent?.toolCallId;
    const id = typeof named === 'string' ? named : `${name}-${(unnamedCount += 1)}`;
    run.startTool({ toolCallId: id, toolName: name, input });
    try {
      const result: unknown = await run.within(() => (execute as Execute).call(tool, input, options), id);
      run.endTool(id, name, undefined, result);
      return result;
    } catch (error) {
      run.endTool(id, name, { error });
      throw error;
    }
  };
  return withExecute(tool, observed);
}
