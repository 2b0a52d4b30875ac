import { RETRIEVE_TOOL_NAME, retrieveToolJsonSchema, type RetrieveTool } from '../../retrieval/retrieve-tool.ts';
import type { RetrievalRequest } from '../../retrieval/answer-retrieval.ts';
import type { AgentRun } from '../runs/agent-run.ts';
import { fieldOf, textAt } from '../field-of.ts';
import type { NodeRuntime } from './model-call-request.ts';

/** A tool as LangChain takes it: a runnable with a name and a JSON Schema. An alias, so that it fits LangChain's records. */
export type StructuredRetrieveTool = {
  readonly name: typeof RETRIEVE_TOOL_NAME;
  readonly description: string;
  readonly schema: Record<string, unknown>;
  readonly lc_runnable: true;
  readonly lc_namespace: string[];
  readonly returnDirect: false;
  readonly getName: () => string;
  readonly invoke: (input: unknown, config?: unknown) => Promise<string>;
};

/** `headroom_retrieve` as one of LangChain's tools. `runOf` finds the run that the tool is called in. */
export function structuredRetrieveTool(
  tool: RetrieveTool,
  runOf: (runtime: NodeRuntime) => AgentRun | undefined,
): StructuredRetrieveTool {
  return {
    name: RETRIEVE_TOOL_NAME,
    description: tool.description,
    schema: retrieveToolJsonSchema(),
    lc_runnable: true,
    lc_namespace: ['headroom', 'tools'],
    returnDirect: false,
    getName: () => RETRIEVE_TOOL_NAME,
    // LangChain tells callbacks of tools of its own classes alone, so that this one tells its run itself.
    async invoke(input, config) {
      const asked = (isToolCall(input) ? fieldOf(input, 'args') : input) as RetrievalRequest;
      const run = runOf(config ?? {});
      if (run === undefined) return tool.execute(asked);
      const toolCallId = textAt(input, 'id') ?? RETRIEVE_TOOL_NAME;
      run.startTool({ toolCallId, toolName: RETRIEVE_TOOL_NAME, input: asked });
      const answer = await run.within(() => tool.execute(asked), toolCallId);
      run.endTool(toolCallId, RETRIEVE_TOOL_NAME, undefined, answer);
      return answer;
    },
  };
}

function isToolCall(input: unknown): boolean {
  return fieldOf(input, 'type') === 'tool_call' && fieldOf(input, 'args') !== undefined;
}
