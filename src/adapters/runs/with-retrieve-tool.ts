export { withRetrieveTool, type ToolSettings } from '../../hooks/with-retrieve-tool.ts';
