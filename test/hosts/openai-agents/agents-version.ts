import * as newest from '@openai/agents';
import * as oldest from 'openai-agents-oldest';
import { testedHost, type TestedHost } from '../compatibility/tested-host.ts';

/** What tests use of the OpenAI Agents SDK, in the shape that its versions share. */
export interface AgentsVersion {
  readonly name: string;
  readonly host: TestedHost;
  readonly Agent: new (config: Readonly<Record<string, unknown>>) => SdkAgent;
  readonly Runner: new (config?: Readonly<Record<string, unknown>>) => SdkRunner;
  readonly MemorySession: new (options?: { readonly sessionId?: string }) => SdkSession;
  readonly Usage: new (usage: Readonly<Record<string, unknown>>) => object;
  readonly RunState: { fromString(agent: SdkAgent, text: string): Promise<SdkState> };
  readonly OpenAIResponsesModel: new (client: never, model: string) => SdkModel;
  readonly OpenAIChatCompletionsModel: new (client: never, model: string) => SdkModel;
  readonly OpenAIProvider: new (options: Readonly<Record<string, unknown>>) => SdkProvider;
  readonly tool: (definition: Readonly<Record<string, unknown>>) => SdkTool;
}

export interface SdkAgent {
  readonly name: string;
  asTool(options: Readonly<Record<string, unknown>>): SdkTool;
}

export interface SdkTool {
  readonly name: string;
}

export interface SdkModel {
  getResponse(request: never): Promise<unknown>;
  getStreamedResponse(request: never): AsyncIterable<unknown>;
}

export interface SdkProvider {
  getModel(name?: string): Promise<SdkModel> | SdkModel;
}

export interface SdkRunner {
  readonly config: Readonly<Record<string, unknown>>;
  on(type: never, listener: never): unknown;
  run(agent: SdkAgent, input: unknown, options?: Readonly<Record<string, unknown>>): Promise<SdkResult>;
}

export interface SdkState {
  approve(interruption: unknown): void;
  reject(interruption: unknown): void;
  toString(): string;
}

export interface SdkResult extends AsyncIterable<SdkEvent> {
  readonly finalOutput: string;
  readonly history: readonly unknown[];
  readonly lastAgent: SdkAgent;
  readonly interruptions: readonly unknown[];
  readonly state: SdkState;
  readonly completed: Promise<void>;
}

export interface SdkEvent {
  readonly type: string;
  readonly data?: { readonly type: string };
}

export interface SdkSession {
  getItems(): Promise<readonly unknown[]>;
}

export const NEWEST = {
  name: 'the newest OpenAI Agents SDK',
  host: testedHost('@openai/agents', import.meta.url),
  ...newest,
} as unknown as AgentsVersion;

/** The oldest that the package takes: before it, an agent in a tool was not run as the run around it is. */
export const OLDEST = {
  name: 'the oldest OpenAI Agents SDK',
  host: testedHost('openai-agents-oldest', import.meta.url),
  ...oldest,
} as unknown as AgentsVersion;

export const AGENTS_VERSIONS: readonly AgentsVersion[] = [NEWEST, OLDEST];
