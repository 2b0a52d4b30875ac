export { createHeadroomPlugin, type HeadroomPlugin, type HeadroomPluginOptions } from './strands/headroom-plugin.ts';
export { headroomTools, type StrandsRetrieveTool } from './strands/retrieve-tool.ts';
export type { StrandsAgent, StrandsOrchestrator } from './strands/strands-shapes.ts';
