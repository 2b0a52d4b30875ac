import * as newestAgents from '@mastra/core/agent';
import * as newestMemory from '@mastra/core/memory';
import * as newestMastra from '@mastra/core/mastra';
import * as newestStorage from '@mastra/core/storage';
import * as newestTools from '@mastra/core/tools';
import * as oldestAgents from 'mastra-oldest/agent';
import * as oldestMemory from 'mastra-oldest/memory';
import * as oldestMastra from 'mastra-oldest/mastra';
import * as oldestStorage from 'mastra-oldest/storage';
import * as oldestTools from 'mastra-oldest/tools';
import { testedHost, type TestedHost } from '../compatibility/tested-host.ts';

/** What tests use of Mastra, in the shape that its versions share. */
export interface MastraVersion {
  readonly name: string;
  readonly host: TestedHost;
  /** Of the newest models that it takes. */
  readonly specificationVersion: 'v3' | 'v4';
  readonly Agent: new (config: Readonly<Record<string, unknown>>) => MastraAgent;
  createTool(definition: Readonly<Record<string, unknown>>): unknown;
  /** Stores what agents say in the process. */
  readonly MockMemory: new () => MastraMemory;
  readonly InMemoryStore: new () => unknown;
  readonly Mastra: new (config: Readonly<Record<string, unknown>>) => { getAgent(name: string): MastraAgent };
}

export interface MastraMemory {
  recall(of: {
    readonly threadId: string;
    readonly resourceId: string;
  }): Promise<{ readonly messages: readonly StoredMessage[] }>;
}

export interface MastraAgent {
  generate(prompt: unknown, options?: object): Promise<MastraAnswer>;
  stream(prompt: unknown, options?: object): Promise<MastraStream>;
  resumeStream(data: unknown, options: object): Promise<MastraStream>;
  approveToolCall(options: object): Promise<MastraStream>;
}

export interface MastraAnswer {
  readonly text: string;
  readonly steps: readonly { readonly text: string }[];
  readonly finishReason: string | undefined;
  readonly messages: readonly StoredMessage[];
  readonly tripwire?: { readonly reason: string } | undefined;
}

export interface MastraStream {
  readonly fullStream: AsyncIterable<{ readonly type: string; readonly payload?: { readonly error?: unknown } }>;
  readonly text: Promise<string>;
  readonly messageList: { readonly get: { readonly all: { db(): readonly StoredMessage[] } } };
  readonly runId: string;
}

export interface StoredMessage {
  readonly role: string;
  readonly content: unknown;
}

export const NEWEST: MastraVersion = {
  name: 'the newest Mastra',
  host: testedHost('@mastra/core', import.meta.url),
  specificationVersion: 'v4',
  Agent: newestAgents.Agent as unknown as MastraVersion['Agent'],
  createTool: newestTools.createTool,
  MockMemory: newestMemory.MockMemory,
  InMemoryStore: newestStorage.InMemoryStore,
  Mastra: newestMastra.Mastra as unknown as MastraVersion['Mastra'],
};

/** The oldest that the package takes: before it, runs that are resumed could not be told from new ones. */
export const OLDEST: MastraVersion = {
  name: 'the oldest Mastra',
  host: testedHost('mastra-oldest', import.meta.url),
  specificationVersion: 'v3',
  Agent: oldestAgents.Agent as unknown as MastraVersion['Agent'],
  createTool: oldestTools.createTool,
  MockMemory: oldestMemory.MockMemory,
  InMemoryStore: oldestStorage.InMemoryStore,
  Mastra: oldestMastra.Mastra as unknown as MastraVersion['Mastra'],
};

export const MASTRA_VERSIONS: readonly MastraVersion[] = [NEWEST, OLDEST];
