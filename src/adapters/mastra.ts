export {
  createHeadroomProcessor,
  type HeadroomProcessor,
  type HeadroomProcessorOptions,
} from './mastra/headroom-processor.ts';
export { headroomTools, type MastraRetrieveTool } from './mastra/headroom-tools.ts';
export type {
  InputArguments,
  InputStepArguments,
  InputStepResult,
  OutputResultArguments,
} from './mastra/processor-arguments.ts';
