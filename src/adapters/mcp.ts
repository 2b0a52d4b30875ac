export {
  compressToolResult,
  type CompressedToolResult,
  type CompressToolResultOptions,
} from './mcp/compress-tool-result.ts';
export { createHeadroomProxy } from './mcp/headroom-proxy.ts';
export { headroomClient } from './mcp/headroom-client.ts';
export type { HeadroomMcpApi, HeadroomMcpOptions, ToolCall } from './mcp/mcp-wiring.ts';
export type { ProxyServer, ToolClient, UpstreamClient } from './mcp/sdk-shapes.ts';
