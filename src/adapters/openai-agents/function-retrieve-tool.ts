import type { RetrievalRequest } from '../../retrieval/answer-retrieval.ts';
import { RETRIEVE_TOOL_NAME, retrieveToolJsonSchema, type RetrieveTool } from '../../retrieval/retrieve-tool.ts';

/** A tool as `tool()` of the SDK makes them. */
export interface FunctionRetrieveTool {
  type: 'function';
  name: typeof RETRIEVE_TOOL_NAME;
  description: string;
  parameters: RetrieveToolParameters;
  /** Most of its parameters are optional, which a strict schema has no word for. */
  strict: false;
  deferLoading: false;
  /** Takes the arguments as JSON. Never rejects. */
  invoke: (context: unknown, input: string) => Promise<string>;
  needsApproval: () => Promise<false>;
  isEnabled: () => Promise<true>;
}

export interface RetrieveToolParameters {
  type: 'object';
  properties: Record<string, { type: 'string'; description: string }>;
  required: string[];
  additionalProperties: false;
}

/** `headroom_retrieve` as one of the SDK's function tools. */
export function functionRetrieveTool(tool: RetrieveTool): FunctionRetrieveTool {
  return {
    type: 'function',
    name: RETRIEVE_TOOL_NAME,
    description: tool.description,
    parameters: retrieveToolJsonSchema() as unknown as RetrieveToolParameters,
    strict: false,
    deferLoading: false,
    invoke: (_context, input) => tool.execute(argumentsOf(input)),
    needsApproval: async () => false,
    isEnabled: async () => true,
  };
}

/** Whatever a model sends gets an answer that helps it on. */
function argumentsOf(input: string): RetrievalRequest {
  try {
    return JSON.parse(input) as RetrievalRequest;
  } catch {
    return {} as RetrievalRequest;
  }
}
