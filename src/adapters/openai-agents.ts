export {
  createHeadroomExtension,
  type HeadroomExtension,
  type HeadroomExtensionOptions,
} from './openai-agents/headroom-extension.ts';
export { headroomTools } from './openai-agents/headroom-tools.ts';
export type { FunctionRetrieveTool } from './openai-agents/function-retrieve-tool.ts';
export type { ModelName } from './openai-agents/compressing-models.ts';
export type { AgentsModel, AgentsModelProvider, AgentsRunner } from './openai-agents/agents-sdk.ts';
