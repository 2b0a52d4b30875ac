export {
  createHeadroomAgentHooks,
  type HeadroomAgentHooks,
  type HeadroomAgentHooksOptions,
} from './voltagent/create-headroom-agent-hooks.ts';
export { headroomToolkit, type HeadroomToolkit, type VoltAgentRetrieveTool } from './voltagent/headroom-toolkit.ts';
export type {
  EndArguments,
  ErrorArguments,
  OperationArguments,
  OperationContext,
  OwnAgentHooks,
  StartArguments,
  StepArguments,
  ToolEndArguments,
  ToolStartArguments,
} from './voltagent/hook-arguments.ts';
