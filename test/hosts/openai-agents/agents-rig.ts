import { createHeadroomExtension, type HeadroomExtensionOptions } from '../../../src/adapters/openai-agents.ts';
import type { HeadroomExtension } from '../../../src/adapters/openai-agents.ts';
import type { EventOf, EventType, HeadroomEvent } from '../../../src/events/event.ts';
import { createHeadroomHooks, type HeadroomHooks } from '../../../src/hooks/create-headroom-hooks.ts';
import { recordEvents } from '../../../src/testing.ts';
import { scriptedProvider, type Script } from '../scripted-provider.ts';
import type { AgentsVersion, SdkAgent, SdkResult, SdkRunner } from './agents-version.ts';
import { resultTextOf, ScriptedAgentsModel, type InputItem, type ModelRequest } from './scripted-agents-model.ts';

export interface AgentsRigOptions {
  /** By the name of a model. */
  readonly scripts: Readonly<Record<string, Script>>;
  readonly options?: HeadroomExtensionOptions;
  readonly hooks?: HeadroomHooks;
  /** Of the runner. */
  readonly config?: Readonly<Record<string, unknown>>;
}

/** A runner with our extension, a runner without it, and what was heard. Both know the same models. */
export interface AgentsRig {
  readonly runner: SdkRunner;
  readonly alone: SdkRunner;
  readonly headroom: HeadroomExtension;
  readonly hooks: HeadroomHooks;
  readonly events: readonly HeadroomEvent[];
  agent(config: Readonly<Record<string, unknown>>): SdkAgent;
  /** The requests that a model got by the runner with our extension. */
  received(modelName: string): readonly ModelRequest[];
  all<Type extends EventType>(type: Type): EventOf<Type>[];
}

export function createAgentsRig(
  version: AgentsVersion,
  { scripts, options = {}, config = {}, hooks = createHeadroomHooks() }: AgentsRigOptions,
): AgentsRig {
  const events = recordEvents(hooks.events);
  const { preHook, postHook } = hooks;
  const headroom = createHeadroomExtension({ preHooks: [preHook], postHooks: [postHook], ...options });
  const models = modelsOf(version, scripts);
  const others = modelsOf(version, scripts);
  const runnerOf = (known: ReadonlyMap<string, ScriptedAgentsModel>): SdkRunner =>
    new version.Runner({
      tracingDisabled: true,
      modelProvider: { getModel: (name: string) => known.get(name) },
      ...config,
    });
  return {
    runner: headroom.attach(runnerOf(models)),
    alone: runnerOf(others),
    headroom,
    hooks,
    events,
    agent: (settings) => new version.Agent({ name: 'Shopkeeper', instructions: 'Help.', model: 'shop', ...settings }),
    received: (name) => models.get(name)?.received ?? [],
    all: <Type extends EventType>(type: Type) => events.filter((event): event is EventOf<Type> => event.type === type),
  };
}

function modelsOf(
  version: AgentsVersion,
  scripts: Readonly<Record<string, Script>>,
): ReadonlyMap<string, ScriptedAgentsModel> {
  const entries = Object.entries(scripts);
  return new Map(
    entries.map(([name, script]) => [name, new ScriptedAgentsModel(version, scriptedProvider('v3', script))]),
  );
}

/** A tool without arguments. */
export function toolOf(
  version: AgentsVersion,
  name: string,
  execute: () => unknown,
  more: Readonly<Record<string, unknown>> = {},
): unknown {
  return version.tool({
    name,
    description: 'A tool of the test.',
    strict: false,
    parameters: { type: 'object', properties: {}, required: [], additionalProperties: true },
    execute: async () => execute(),
    ...more,
  });
}

/** Calls one tool, then answers. */
export function callsOnce(toolName: string, input: Readonly<Record<string, unknown>> = {}): Script {
  return ({ answerCount }) => (answerCount === 0 ? { toolCalls: [{ toolName, input }] } : { text: 'Done.' });
}

export const answers: Script = () => ({ text: 'Done.' });

export async function readAll(result: SdkResult): Promise<SdkResult> {
  // oxlint-disable-next-line no-unused-vars
  for await (const _event of result);
  await result.completed;
  return result;
}

export function itemsOf(request: ModelRequest | undefined): readonly InputItem[] {
  return typeof request?.input === 'object' ? request.input : [];
}

/** The texts of the tool results in a request. */
export function resultTexts(request: ModelRequest | undefined): readonly string[] {
  return itemsOf(request)
    .filter(({ type }) => type === 'function_call_result')
    .map(({ output }) => resultTextOf(output));
}
