import { createAgentClass } from '../../src/adapters/ai-sdk.ts';
import type { HeadroomHooks } from '../../src/hooks/create-headroom-hooks.ts';
import { AI_6, AI_7, type AiSdkVersion, type TextAnswer, type TextStream } from './ai-sdk-version.ts';
import { testedHost } from './compatibility/tested-host.ts';
import type { Host, HostAnswer, HostCall, HostDriver, HostSetup } from './host-driver.ts';

/** Errors of a stream are for `onError`, whose default prints them. */
const quiet = { onError: () => {}, maxRetries: 0 };

/** Our agent class. */
function agentDriver(version: AiSdkVersion): HostDriver {
  const Agent = createAgentClass(version.sdk.ToolLoopAgent);
  return {
    name: `Agent on ${version.name}`,
    ...aiSdkHost(version),
    reportsDetails: true,
    abandonedRunsEndBy: 'time-to-live',
    start: ({ model, tools, hooks }) => {
      const hookSettings = hooks === undefined ? {} : { preHooks: [hooks.preHook], postHooks: [hooks.postHook] };
      const agent = new Agent({ model, tools: aiSdkTools(version, tools), ...quiet, ...hookSettings });
      return hostOf(
        (call) => agent.generate(call),
        (call) => agent.stream(call),
      );
    },
  };
}

const toolLoopAgentDriver: HostDriver = {
  name: 'ToolLoopAgent and hooks.telemetry() on ai 7',
  ...aiSdkHost(AI_7),
  reportsDetails: true,
  abandonedRunsEndBy: 'time-to-live',
  start: (setup) => {
    const agent = new AI_7.sdk.ToolLoopAgent(withTelemetry(setup));
    return hostOf(
      (call) => agent.generate(call),
      (call) => agent.stream(call),
    );
  },
};

const functionsDriver: HostDriver = {
  name: 'generateText, streamText and hooks.telemetry() on ai 7',
  ...aiSdkHost(AI_7),
  reportsDetails: true,
  abandonedRunsEndBy: 'time-to-live',
  start: (setup) => {
    const options = { ...withTelemetry(setup), stopWhen: AI_7.sdk.stepCountIs(20) };
    return hostOf(
      (call) => AI_7.sdk.generateText({ ...options, ...call }),
      async (call) => AI_7.sdk.streamText({ ...options, ...call }),
    );
  },
};

const runDriver: HostDriver = {
  name: 'generateText and streamText in hooks.run() on ai 6',
  ...aiSdkHost(AI_6),
  reportsDetails: false,
  abandonedRunsEndBy: 'host',
  start: ({ model, tools, hooks }) => {
    const options = { model, tools: withRetrieve(AI_6, tools, hooks), ...quiet, stopWhen: AI_6.sdk.stepCountIs(20) };
    const host = hostOf(
      (call) => AI_6.sdk.generateText({ ...options, ...call }),
      async (call) => AI_6.sdk.streamText({ ...options, ...call }),
    );
    if (hooks === undefined) return host;
    return {
      generate: (call) => hooks.run(() => host.generate(call)),
      stream: (call) => hooks.run(() => host.stream(call)),
      leave: (call) => hooks.run(() => host.leave(call)),
    };
  },
};

/** The stock agent class, which needs no hooks of its own. */
function settingsDriver(version: AiSdkVersion): HostDriver {
  return {
    name: `ToolLoopAgent and hooks.settings() on ${version.name}`,
    ...aiSdkHost(version),
    reportsDetails: true,
    abandonedRunsEndBy: 'time-to-live',
    start: (setup) => {
      const agent = new version.sdk.ToolLoopAgent(withSettings(version, setup));
      return hostOf(
        (call) => agent.generate(call),
        (call) => agent.stream(call),
      );
    },
  };
}

function settingsOfCallsDriver(version: AiSdkVersion): HostDriver {
  return {
    name: `generateText, streamText and hooks.settings() on ${version.name}`,
    ...aiSdkHost(version),
    reportsDetails: true,
    abandonedRunsEndBy: 'time-to-live',
    start: (setup) => {
      const options = { ...withSettings(version, setup), stopWhen: version.sdk.stepCountIs(20) };
      return hostOf(
        (call) => version.sdk.generateText({ ...options, ...call }),
        async (call) => version.sdk.streamText({ ...options, ...call }),
      );
    },
  };
}

export const AI_SDK_DRIVERS: readonly HostDriver[] = [
  agentDriver(AI_7),
  toolLoopAgentDriver,
  functionsDriver,
  agentDriver(AI_6),
  runDriver,
  settingsDriver(AI_7),
  settingsDriver(AI_6),
  settingsOfCallsDriver(AI_7),
  settingsOfCallsDriver(AI_6),
];

function withSettings(version: AiSdkVersion, { model, tools, hooks }: HostSetup): Readonly<Record<string, unknown>> {
  const own = { model, tools: aiSdkTools(version, tools), ...quiet };
  return hooks === undefined ? own : hooks.settings(own);
}

function withTelemetry({ model, tools, hooks }: HostSetup): Readonly<Record<string, unknown>> {
  const telemetry = hooks === undefined ? {} : { telemetry: hooks.telemetry() };
  return { model, tools: withRetrieve(AI_7, tools, hooks), ...quiet, ...telemetry };
}

function withRetrieve(
  version: AiSdkVersion,
  tools: HostSetup['tools'],
  hooks: HeadroomHooks | undefined,
): Readonly<Record<string, unknown>> {
  return hooks === undefined ? aiSdkTools(version, tools) : { ...aiSdkTools(version, tools), ...hooks.tools };
}

function aiSdkTools({ sdk }: AiSdkVersion, tools: HostSetup['tools']): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(tools).map(([name, definition]) => [
      name,
      sdk.tool({ ...definition, inputSchema: sdk.jsonSchema(definition.inputSchema) }),
    ]),
  );
}

function aiSdkHost({
  packageName,
  specificationVersion,
}: AiSdkVersion): Pick<HostDriver, 'host' | 'specificationVersion'> {
  return { host: testedHost(packageName, import.meta.url), specificationVersion };
}

/** A host made of the two calls of the SDK. */
function hostOf(
  generate: (call: HostCall) => Promise<TextAnswer>,
  stream: (call: HostCall) => Promise<TextStream>,
): Host {
  return {
    generate: async (call) => {
      const { text, steps, responseMessages, response } = await generate(call);
      return { text, history: historyOf(steps, responseMessages ?? response.messages) };
    },
    stream: async (call) => readAll(await stream(call)),
    leave: async (call) => {
      for await (const part of (await stream(call)).fullStream) if (part.type === 'text-delta') break;
    },
  };
}

async function readAll(result: TextStream): Promise<HostAnswer> {
  let failure: { readonly error: unknown } | undefined;
  for await (const part of result.fullStream) {
    if (part.type === 'error') failure ??= { error: part.error };
    if (part.type === 'abort') failure ??= { error: new DOMException('The stream was aborted.', 'AbortError') };
  }
  if (failure !== undefined) throw failure.error;
  const responseMessages = await (result.responseMessages ?? (await result.response).messages);
  return { text: await result.text, history: historyOf(await result.steps, responseMessages) };
}

function historyOf(steps: TextAnswer['steps'], messages: readonly unknown[]): string {
  return JSON.stringify({ messages, steps: steps.map(({ content }) => content) });
}
