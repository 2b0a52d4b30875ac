import { createAgentClass, headroomMiddleware } from '../../src/adapters/ai-sdk.ts';
import type { HeadroomHooks } from '../../src/hooks/create-headroom-hooks.ts';
import type { LanguageModelLike } from '../../src/model/language-model.ts';
import { AI_6, AI_7, type InstalledAiSdk, type TextAnswer, type TextStream } from './ai-sdk-version.ts';
import type { Host, HostAnswer, HostCall, HostDriver, HostSetup } from './host-driver.ts';
import { RUN_TIME_TO_LIVE_MS } from './host-rig.ts';

type Settings = Readonly<Record<string, unknown>>;

/** Errors of a stream are for `onError`, whose default prints them. */
const quiet = { onError: () => {}, maxRetries: 0 };

/** Our agent class. */
export function agentDriver(version: InstalledAiSdk): HostDriver {
  const Agent = createAgentClass(version.sdk.ToolLoopAgent);
  return {
    ...inAiSdk(version, 'Agent'),
    ...(version.tellsCallbacksOfTools === false ? { reportsTools: false as const } : {}),
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

/** The stock agent class, which tells its telemetry of its runs. */
export function telemetryDriver(version: InstalledAiSdk): HostDriver {
  return {
    ...inAiSdk(version, 'ToolLoopAgent and hooks.telemetry()'),
    ...byTelemetry(version),
    start: (setup) => agentOf(version, withTelemetry(version, setup)),
  };
}

export function telemetryOfCallsDriver(version: InstalledAiSdk): HostDriver {
  return {
    ...inAiSdk(version, 'generateText, streamText and hooks.telemetry()'),
    ...byTelemetry(version),
    start: (setup) => callsOf(version, withTelemetry(version, setup)),
  };
}

/** For versions without telemetry for others. */
export function runDriver(version: InstalledAiSdk): HostDriver {
  return {
    ...inAiSdk(version, 'generateText and streamText in hooks.run()'),
    reportsDetails: false,
    abandonedRunsEndBy: 'host',
    start: ({ model, tools, hooks }) => {
      const host = callsOf(version, { model, tools: withRetrieve(version, tools, hooks), ...quiet });
      if (hooks === undefined) return host;
      return {
        generate: (call) => hooks.run(() => host.generate(call)),
        stream: (call) => hooks.run(() => host.stream(call)),
        leave: (call) => hooks.run(() => host.leave(call)),
      };
    },
  };
}

/** The stock agent class, of whichever version. */
export function settingsDriver(version: InstalledAiSdk): HostDriver {
  return {
    ...inAiSdk(version, 'ToolLoopAgent and hooks.settings()'),
    ...byTelemetry(version),
    start: (setup) => agentOf(version, withSettings(version, setup)),
  };
}

export function settingsOfCallsDriver(version: InstalledAiSdk): HostDriver {
  return {
    ...inAiSdk(version, 'generateText, streamText and hooks.settings()'),
    ...byTelemetry(version),
    start: (setup) => callsOf(version, withSettings(version, setup)),
  };
}

/** Models that are made of middleware, in each way that leads to a model. */
export function middlewareDrivers(version: InstalledAiSdk): readonly HostDriver[] {
  const { sdk } = version;
  const defaults = sdk.defaultSettingsMiddleware({ settings: { temperature: 0.5 } });
  const ways: Readonly<Record<string, (setup: HostSetup, ours: unknown) => LanguageModelLike>> = {
    'headroomMiddleware()': ({ provider }, ours) => sdk.wrapLanguageModel({ model: provider, middleware: ours }),
    'headroomMiddleware() around default settings and a HeadroomModel': ({ model }, ours) =>
      sdk.wrapLanguageModel({ model, middleware: [ours, defaults] }),
    'a provider registry with default settings and headroomMiddleware()': ({ provider }, ours) => {
      const shop = sdk.customProvider({ languageModels: { clerk: provider } });
      return sdk
        .createProviderRegistry({ shop }, { languageModelMiddleware: [defaults, ours] })
        .languageModel('shop:clerk');
    },
  };
  return Object.entries(ways).map(([name, modelOf]) => ({
    ...inAiSdk(version, name),
    ...byTelemetry(version),
    start: (setup) => {
      const { hooks, clock, provider } = setup;
      if (hooks === undefined) return agentOf(version, withSettings(version, { ...setup, model: provider }));
      const { events, store } = hooks;
      const ours = headroomMiddleware({ events, store, clock, callTimeToLiveMs: RUN_TIME_TO_LIVE_MS });
      const settings = { ...quiet, model: modelOf(setup, ours), tools: withRetrieve(version, setup.tools, hooks) };
      return agentOf(version, hooks.settings(settings));
    },
  }));
}

/** All ways that a version has. */
export function driversOf(version: InstalledAiSdk): readonly HostDriver[] {
  const hasTelemetry = version.specificationVersion === 'v4';
  return [
    agentDriver(version),
    ...(hasTelemetry ? [telemetryDriver(version), telemetryOfCallsDriver(version)] : [runDriver(version)]),
    settingsDriver(version),
    settingsOfCallsDriver(version),
    ...middlewareDrivers(version),
  ];
}

export const AI_SDK_DRIVERS: readonly HostDriver[] = [...driversOf(AI_7), ...driversOf(AI_6)];

function inAiSdk({ name, host, specificationVersion }: InstalledAiSdk, way: string): Omit<HostDriver, 'start'> {
  return {
    name: `${way} on ${name}`,
    host,
    specificationVersion,
    reportsDetails: true,
    abandonedRunsEndBy: 'time-to-live',
  };
}

/** What depends on what telemetry is told of. */
function byTelemetry({ tellsTelemetryOfBrokenStreams }: InstalledAiSdk): Pick<HostDriver, 'brokenStreamsEndBy'> {
  return tellsTelemetryOfBrokenStreams === false ? { brokenStreamsEndBy: 'time-to-live' } : {};
}

function withSettings(version: InstalledAiSdk, { model, tools, hooks }: HostSetup): Settings {
  const own = { model, tools: aiSdkTools(version, tools), ...quiet };
  return hooks === undefined ? own : hooks.settings(own);
}

function withTelemetry(version: InstalledAiSdk, { model, tools, hooks }: HostSetup): Settings {
  const telemetry = hooks === undefined ? {} : { telemetry: hooks.telemetry() };
  return { model, tools: withRetrieve(version, tools, hooks), ...quiet, ...telemetry };
}

function withRetrieve(version: InstalledAiSdk, tools: HostSetup['tools'], hooks: HeadroomHooks | undefined): Settings {
  return hooks === undefined ? aiSdkTools(version, tools) : { ...aiSdkTools(version, tools), ...hooks.tools };
}

function aiSdkTools({ sdk }: InstalledAiSdk, tools: HostSetup['tools']): Settings {
  return Object.fromEntries(
    Object.entries(tools).map(([name, definition]) => [
      name,
      sdk.tool({ ...definition, inputSchema: sdk.jsonSchema(definition.inputSchema) }),
    ]),
  );
}

function agentOf({ sdk }: InstalledAiSdk, settings: Settings): Host {
  const agent = new sdk.ToolLoopAgent(settings);
  return hostOf(
    (call) => agent.generate(call),
    (call) => agent.stream(call),
  );
}

function callsOf({ sdk }: InstalledAiSdk, settings: Settings): Host {
  const options = { ...settings, stopWhen: sdk.stepCountIs(20) };
  return hostOf(
    (call) => sdk.generateText({ ...options, ...call }),
    async (call) => sdk.streamText({ ...options, ...call }),
  );
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
