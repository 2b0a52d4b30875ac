import type { RetrieveTool } from '../../retrieval/retrieve-tool.ts';
import { functionRetrieveTool, type FunctionRetrieveTool } from './function-retrieve-tool.ts';

/**
 * The tools of the hooks for an agent of the OpenAI Agents SDK: `tools: [...myTools, ...headroomTools(hooks)]`. A
 * `HeadroomModel` in `aisdk()` needs them to leave something out; where the extension compresses, it has tools of its own.
 */
export function headroomTools(hooks: {
  readonly tools: Readonly<Record<'headroom_retrieve', RetrieveTool>>;
}): FunctionRetrieveTool[] {
  return [functionRetrieveTool(hooks.tools.headroom_retrieve)];
}
