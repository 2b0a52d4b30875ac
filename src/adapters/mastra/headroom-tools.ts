import { RETRIEVE_TOOL_NAME, type RetrieveTool } from '../../retrieval/retrieve-tool.ts';

/** `headroom_retrieve` as Mastra takes its tools. */
export type MastraRetrieveTool = RetrieveTool & { readonly id: 'headroom_retrieve' };

/**
 * The tools of the hooks for an agent of Mastra: `tools: { ...myTools, ...headroomTools(hooks) }`. Where the processor
 * compresses it offers them by itself; a `HeadroomModel` as the agent's model needs them to leave something out.
 */
export function headroomTools(hooks: {
  readonly tools: Readonly<Record<'headroom_retrieve', RetrieveTool>>;
}): Record<'headroom_retrieve', MastraRetrieveTool> {
  return { [RETRIEVE_TOOL_NAME]: { id: RETRIEVE_TOOL_NAME, ...hooks.tools[RETRIEVE_TOOL_NAME] } };
}
