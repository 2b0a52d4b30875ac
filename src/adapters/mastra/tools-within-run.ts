import type { AgentRun } from '../runs/agent-run.ts';
import { withExecutes } from '../runs/with-executes.ts';

/** Where Mastra's tools, and those of the AI SDK, find the id of their call. */
interface ToolOptions {
  readonly toolCallId?: unknown;
  readonly agent?: { readonly toolCallId?: unknown } | undefined;
}

/** The same tools, executed as part of a run that is told of them. */
export function toolsWithinRun(tools: Readonly<Record<string, unknown>>, run: AgentRun): Record<string, unknown> {
  return withExecutes(tools, (name, execute) => {
    let unnamedCount = 0;
    return async (input, options) => {
      const { toolCallId, agent } = (options ?? {}) as ToolOptions;
      const named = toolCallId ?? agent?.toolCallId;
      const id = typeof named === 'string' ? named : `${name}-${(unnamedCount += 1)}`;
      run.startTool({ toolCallId: id, toolName: name, input });
      try {
        const result: unknown = await run.within(() => execute(input, options), id);
        run.endTool(id, name, undefined, result);
        return result;
      } catch (error) {
        run.endTool(id, name, { error });
        throw error;
      }
    };
  });
}
