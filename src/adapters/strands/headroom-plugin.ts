import { checkOptions, isAnything } from '../../check-options.ts';
import { systemClock } from '../../events/clock.ts';
import type { PostHook, PreHook } from '../../hooks/hook.ts';
import { currentRun } from '../../hooks/run-scope.ts';
import type { HeadroomModel, HeadroomModelOptions } from '../../model/headroom-model.ts';
import { createRetrieveTool, RETRIEVE_TOOL_NAME } from '../../retrieval/retrieve-tool.ts';
import { wireCompression } from '../runs/compression-wiring.ts';
import { NO_MODEL } from '../runs/no-model.ts';
import { checkHooks, type RunHooks, RUN_OPTION_CHECKS } from '../runs/run-hooks.ts';
import { CompressingModels } from './compressing-models.ts';
import { INSTALLED_STRANDS, type StrandsPackage } from './load-strands.ts';
import { ObservedAgent } from './observed-agent.ts';
import { ObservedOrchestrator } from './observed-orchestrator.ts';
import { strandsRetrieveTool, type StrandsRetrieveTool } from './retrieve-tool.ts';
import type { StrandsAgent, StrandsOrchestrator } from './strands-shapes.ts';

export interface HeadroomPluginOptions {
  /**
   * Told before a run starts, in order. One that throws a `HeadroomStopError` keeps the agent from being run: the caller
   * gets it. Whatever else one throws is reported as a `fault` and the run goes on.
   */
  readonly preHooks?: readonly PreHook[] | undefined;
  /** Told once when a run is over: finished, interrupted, failed, cancelled or left by its reader. */
  readonly postHooks?: readonly PostHook[] | undefined;
  /** The agent's name in events. @default the `name` of the agent */
  readonly agent?: string | undefined;
  /**
   * How tool results are compressed: the options of `HeadroomModel`. `false` leaves that to a `HeadroomModel` in the
   * `VercelModel` that is the agent's. @default the defaults of `HeadroomModel`, on the events of the hooks
   */
  readonly compression?: HeadroomModelOptions | false | undefined;
}

/** A plugin as `plugins` of agents of Strands take them, and those of graphs and swarms. */
export interface HeadroomPlugin {
  readonly name: 'headroom';
  initAgent(agent: StrandsAgent): Promise<void>;
  initMultiAgent(orchestrator: StrandsOrchestrator): Promise<void>;
}

const OWNER = 'createHeadroomPlugin';

/**
 * Makes a plugin for Strands Agents that does all of it: it tells `preHooks` and `postHooks` of every run, compresses tool
 * results before each model call, and registers `headroom_retrieve` where something may be left out. `agent.messages` stay
 * as they are: messages are read and never changed.
 *
 * Throws a `HeadroomError` for what is not a hook and for options that can not work.
 */
export function createHeadroomPlugin(options: HeadroomPluginOptions = {}): HeadroomPlugin {
  return createPluginFor(INSTALLED_STRANDS, options);
}

/** The same for a copy of Strands that is got elsewhere. */
export function createPluginFor(strands: StrandsPackage, options: HeadroomPluginOptions = {}): HeadroomPlugin {
  checkOptions<HeadroomPluginOptions>(OWNER, options, { ...RUN_OPTION_CHECKS, compression: isAnything });
  const { agent: name, compression = {} } = options;
  const { hooks, models, tool } = wire(strands, options, compression);
  return {
    name: 'headroom',
    async initAgent(agent) {
      new ObservedAgent(agent, await strands.sdk(), { hooks, models, name }).observe();
      const hasOwn = agent.toolRegistry.get(RETRIEVE_TOOL_NAME) !== undefined;
      if (tool !== undefined && !hasOwn) agent.toolRegistry.add(tool as never);
    },
    async initMultiAgent(orchestrator) {
      new ObservedOrchestrator(orchestrator, hooks).observe(await strands.multiAgent());
    },
  };
}

interface Wired {
  readonly hooks: RunHooks;
  readonly models: CompressingModels | undefined;
  readonly tool: StrandsRetrieveTool | undefined;
}

function wire(
  strands: StrandsPackage,
  pair: Pick<HeadroomPluginOptions, 'preHooks' | 'postHooks'>,
  compression: HeadroomModelOptions | false,
): Wired {
  const given = { preHooks: pair.preHooks, postHooks: pair.postHooks };
  if (compression === false) return { hooks: checkHooks(OWNER, given), models: undefined, tool: undefined };
  const { hooks, template, settings } = wireCompression(OWNER, given, { model: NO_MODEL, compression });
  return { hooks, models: new CompressingModels(settings), tool: toolOf(strands, template, settings) };
}

function toolOf(
  strands: StrandsPackage,
  { loss, mode, store, scope, events }: HeadroomModel,
  { clock = systemClock }: HeadroomModelOptions,
): StrandsRetrieveTool | undefined {
  if (loss === 'none' || mode !== 'optimize') return undefined;
  return strandsRetrieveTool(createRetrieveTool({ store, scope, events, clock, run: currentRun }), strands);
}
