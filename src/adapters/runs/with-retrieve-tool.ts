import { systemClock } from '../../events/clock.ts';
import { currentRun } from '../../hooks/run-scope.ts';
import { isHeadroomModel } from '../../model/headroom-model.ts';
import { createRetrieveTool, RETRIEVE_TOOL_NAME } from '../../retrieval/retrieve-tool.ts';

/** The settings in which the model and its tools are found. */
export interface ToolSettings {
  readonly model?: unknown;
  readonly tools?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * The same settings, with `headroom_retrieve` among the tools where something may be left out of tool results: the model
 * is a `HeadroomModel`, allowed to leave out and not merely measuring. A tool of that name that is there already stays.
 */
export function withRetrieveTool<Settings extends ToolSettings>(settings: Settings): Settings {
  const { model, tools = {} } = settings;
  if (!isHeadroomModel(model) || model.loss === 'none' || model.mode !== 'optimize') return settings;
  if (Object.hasOwn(tools, RETRIEVE_TOOL_NAME)) return settings;
  const { store, scope, events } = model;
  const tool = createRetrieveTool({ store, scope, events, clock: systemClock, run: currentRun });
  return { ...settings, tools: { ...tools, [RETRIEVE_TOOL_NAME]: tool } };
}
