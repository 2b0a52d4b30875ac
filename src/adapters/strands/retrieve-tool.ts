import {
  RETRIEVE_TOOL_DESCRIPTION,
  RETRIEVE_TOOL_NAME,
  retrieveToolJsonSchema,
  type RetrieveTool,
} from '../../retrieval/retrieve-tool.ts';
import type { RetrievalRequest } from '../../retrieval/answer-retrieval.ts';
import { INSTALLED_STRANDS, type StrandsPackage } from './load-strands.ts';

/** `headroom_retrieve` as Strands takes its tools. */
export interface StrandsRetrieveTool {
  name: typeof RETRIEVE_TOOL_NAME;
  description: string;
  toolSpec: { name: string; description: string; inputSchema: Record<string, unknown> };
  stream(context: {
    readonly toolUse: { readonly toolUseId: string; readonly input: unknown };
  }): AsyncGenerator<never, never, undefined>;
}

/**
 * The tools of the hooks for an agent of Strands: `tools: [...myTools, ...headroomTools(hooks)]`. Where the plugin
 * compresses it registers them by itself; a `HeadroomModel` in a `VercelModel` needs them to leave something out.
 */
export function headroomTools(hooks: {
  readonly tools: Readonly<Record<'headroom_retrieve', RetrieveTool>>;
}): [StrandsRetrieveTool] {
  return [strandsRetrieveTool(hooks.tools[RETRIEVE_TOOL_NAME], INSTALLED_STRANDS)];
}

export function strandsRetrieveTool(tool: RetrieveTool, strands: StrandsPackage): StrandsRetrieveTool {
  const about = { name: RETRIEVE_TOOL_NAME, description: RETRIEVE_TOOL_DESCRIPTION } as const;
  return {
    ...about,
    toolSpec: { ...about, inputSchema: retrieveToolJsonSchema() },
    // oxlint-disable-next-line require-yield -- What Strands takes is a generator, and there is nothing to tell before the end.
    async *stream({ toolUse: { toolUseId, input } }) {
      const { TextBlock, ToolResultBlock } = await strands.sdk();
      const text = await tool.execute(input as RetrievalRequest);
      const content = [new TextBlock(text)] as never[];
      return new ToolResultBlock({ toolUseId, status: 'success', content }) as never;
    },
  };
}
