import type { HeadroomEvents } from '../events/bus.ts';
import { systemClock } from '../events/clock.ts';
import { createRetrieveTool, RETRIEVE_TOOL_NAME } from '../retrieval/retrieve-tool.ts';
import type { RetrievalStore } from '../retrieval/store.ts';
import { currentRun } from './run-scope.ts';

/** The settings in which the model and its tools are found. */
export interface ToolSettings {
  readonly model?: unknown;
  readonly tools?: Readonly<Record<string, unknown>> | undefined;
}

/** What a `HeadroomModel` says of itself, as far as it is read. */
interface CompressingModel {
  readonly loss: string;
  readonly mode: string;
  readonly store: RetrievalStore;
  readonly scope: string;
  readonly events: HeadroomEvents;
}

/** On every `HeadroomModel`, whichever copy of the package made it. */
const HEADROOM_MODEL = Symbol.for('headroom.model');

/**
 * The same settings, with `headroom_retrieve` among the tools where something may be left out of tool results: the model
 * is a `HeadroomModel`, allowed to leave out and not merely measuring. A tool of that name that is there already stays.
 */
export function withRetrieveTool<Settings extends ToolSettings>(settings: Settings): Settings {
  const { model, tools = {} } = settings;
  if (!isCompressing(model) || model.loss === 'none' || model.mode !== 'optimize') return settings;
  if (Object.hasOwn(tools, RETRIEVE_TOOL_NAME)) return settings;
  const { store, scope, events } = model;
  const tool = createRetrieveTool({ store, scope, events, clock: systemClock, run: currentRun });
  return { ...settings, tools: { ...tools, [RETRIEVE_TOOL_NAME]: tool } };
}

function isCompressing(model: unknown): model is CompressingModel {
  return typeof model === 'object' && model !== null && HEADROOM_MODEL in model;
}
