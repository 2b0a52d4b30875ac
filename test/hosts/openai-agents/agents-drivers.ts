import { aisdk } from '@openai/agents-extensions/ai-sdk';
import { createHeadroomExtension } from '../../../src/adapters/openai-agents.ts';
import {
  INSTRUCTIONS,
  type Host,
  type HostAnswer,
  type HostCall,
  type HostDriver,
  type HostSetup,
} from '../host-driver.ts';
import type { AgentsVersion, SdkAgent, SdkResult, SdkRunner } from './agents-version.ts';
import { ScriptedAgentsModel } from './scripted-agents-model.ts';

/** An attached runner, and an agent that names its model. */
export function namedModelDriver(version: AgentsVersion): HostDriver {
  return {
    ...common(version),
    name: `createHeadroomExtension() and models by name in ${version.name}`,
    start: (setup) => {
      const model = new ScriptedAgentsModel(version, setup.provider);
      const runner = runnerOf(version, setup, { modelProvider: { getModel: () => model } });
      return hostOf(runner, agentOf(version, setup, 'scripted-model'));
    },
  };
}

/** A `HeadroomModel` in `aisdk()`, and an attached runner for the hooks. */
export function aiSdkModelDriver(version: AgentsVersion): HostDriver {
  return {
    ...common(version),
    name: `createHeadroomExtension() and HeadroomModel in aisdk() in ${version.name}`,
    start: (setup) => hostOf(runnerOf(version, setup, {}), agentOf(version, setup, aisdk(setup.model as never))),
  };
}

export function driversOf(version: AgentsVersion): readonly HostDriver[] {
  return [namedModelDriver(version), aiSdkModelDriver(version)];
}

function common({ host }: AgentsVersion): Omit<HostDriver, 'name' | 'start'> {
  return { host, specificationVersion: 'v3', reportsDetails: true, isInstructed: true, abandonedRunsEndBy: 'reader' };
}

function runnerOf(
  { Runner }: AgentsVersion,
  { hooks }: HostSetup,
  config: Readonly<Record<string, unknown>>,
): SdkRunner {
  const runner = new Runner({ tracingDisabled: true, ...config });
  if (hooks === undefined) return runner;
  const { preHook, postHook, store } = hooks;
  const headroom = createHeadroomExtension({ preHooks: [preHook], postHooks: [postHook], compression: { store } });
  return headroom.attach(runner);
}

function agentOf({ Agent, tool }: AgentsVersion, { tools }: HostSetup, model: unknown): SdkAgent {
  return new Agent({
    name: 'Shopkeeper',
    instructions: INSTRUCTIONS,
    model,
    tools: Object.entries(tools).map(([name, { description, inputSchema, execute }]) =>
      tool({
        name,
        description,
        strict: false,
        parameters: { ...inputSchema, required: [], additionalProperties: true },
        execute: async (input: never) => execute(input),
      }),
    ),
  });
}

function hostOf(runner: SdkRunner, agent: SdkAgent): Host {
  const run = ({ prompt, abortSignal }: HostCall, stream: boolean): Promise<SdkResult> =>
    runner.run(agent, prompt, { stream, ...(abortSignal === undefined ? {} : { signal: abortSignal }) });
  return {
    generate: async (call) => answerOf(await run(call, false)),
    stream: async (call) => {
      const result = await run(call, true);
      // oxlint-disable-next-line no-unused-vars
      for await (const _event of result);
      await result.completed;
      // An abort is the end of the stream here, and no rejection.
      call.abortSignal?.throwIfAborted();
      return answerOf(result);
    },
    leave: async (call) => {
      for await (const event of await run(call, true)) if (event.data?.type === 'output_text_delta') break;
    },
  };
}

function answerOf({ finalOutput, history }: SdkResult): HostAnswer {
  return { text: finalOutput, history: JSON.stringify(history) };
}
