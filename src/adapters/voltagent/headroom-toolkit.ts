import type { HeadroomModel } from '../../model/headroom-model.ts';
import type { RetrievalRequest } from '../../retrieval/answer-retrieval.ts';
import { RETRIEVE_TOOL_NAME, type RetrieveTool } from '../../retrieval/retrieve-tool.ts';
import { withRetrieveTool, type ToolSettings } from '../../hooks/with-retrieve-tool.ts';

/** `headroom_retrieve` as VoltAgent takes its tools. */
export interface VoltAgentRetrieveTool {
  readonly type: 'user-defined';
  readonly id: typeof RETRIEVE_TOOL_NAME;
  readonly name: typeof RETRIEVE_TOOL_NAME;
  readonly description: string;
  /** VoltAgent's types ask for a schema of Zod; what it is given goes to the AI SDK, which takes any Standard Schema. */
  readonly parameters: never;
  readonly execute: (input: unknown) => Promise<string>;
  readonly isClientSide: () => boolean;
}

/** A toolkit as `toolkits`, and `tools`, of VoltAgent's agents take it. */
export interface HeadroomToolkit {
  name: string;
  description: string;
  tools: VoltAgentRetrieveTool[];
}

/**
 * `headroom_retrieve` for an agent whose model this is: `toolkits: [headroomToolkit(model)]`. It is empty where nothing may
 * be left out of tool results, with `loss: 'none'` and in a `mode` that changes nothing.
 */
export function headroomToolkit(model: HeadroomModel): HeadroomToolkit {
  const { tools = {} } = withRetrieveTool<ToolSettings>({ model });
  return {
    name: 'headroom',
    description: 'Reads what was left out of earlier tool results.',
    tools: Object.values(tools).map((tool) => voltAgentTool(tool as RetrieveTool)),
  };
}

function voltAgentTool({ description, inputSchema, execute }: RetrieveTool): VoltAgentRetrieveTool {
  return {
    type: 'user-defined',
    id: RETRIEVE_TOOL_NAME,
    name: RETRIEVE_TOOL_NAME,
    description,
    parameters: inputSchema as never,
    execute: (input) => execute(input as RetrievalRequest),
    isClientSide: () => false,
  };
}
