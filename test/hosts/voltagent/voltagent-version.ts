import './quiet-voltagent.ts';
import * as newest from '@voltagent/core';
import * as oldest from 'voltagent-oldest';
import { testedHost, type TestedHost } from '../compatibility/tested-host.ts';

/** What tests use of VoltAgent, in the shape that its versions share. */
export interface VoltAgentVersion {
  readonly name: string;
  readonly host: TestedHost;
  /** Whether a stream goes on when its reader has left. */
  readonly readsWhatNobodyReads: boolean;
  readonly Agent: new (config: Readonly<Record<string, unknown>>) => VoltAgentAgent;
  createTool(definition: Readonly<Record<string, unknown>>): unknown;
  createHooks(hooks: object): object;
  readonly Memory: new (config: { readonly storage: unknown }) => VoltAgentMemory;
  readonly InMemoryStorageAdapter: new () => unknown;
}

export interface VoltAgentMemory {
  getMessages(userId: string, conversationId: string): Promise<readonly StoredMessage[]>;
}

export interface VoltAgentAgent {
  generateText(prompt: string, options?: object): Promise<VoltAgentAnswer>;
  streamText(prompt: string, options?: object): Promise<VoltAgentStream>;
  generateObject(prompt: string, schema: unknown, options?: object): Promise<{ readonly object: unknown }>;
  streamObject(prompt: string, schema: unknown, options?: object): Promise<VoltAgentObjectStream>;
  toTool(options?: object): unknown;
}

export interface VoltAgentObjectStream {
  readonly object: PromiseLike<unknown>;
  readonly partialObjectStream: AsyncIterable<unknown>;
}

export interface VoltAgentAnswer {
  readonly text: string;
  readonly finishReason: string;
  readonly steps?: readonly unknown[];
}

export interface VoltAgentStream {
  readonly fullStream: AsyncIterable<{ readonly type: string; readonly error?: unknown }>;
  readonly textStream: AsyncIterable<string>;
  readonly text: PromiseLike<string>;
}

export interface StoredMessage {
  readonly role: string;
  readonly parts: readonly unknown[];
  readonly metadata?: unknown;
}

export const NEWEST: VoltAgentVersion = {
  name: 'the newest VoltAgent',
  host: testedHost('@voltagent/core', import.meta.url),
  readsWhatNobodyReads: false,
  ...(newest as unknown as Omit<VoltAgentVersion, 'name' | 'host' | 'readsWhatNobodyReads'>),
};

/** The oldest that the package takes: the first of version 2, which is for ai 6. */
export const OLDEST: VoltAgentVersion = {
  name: 'the oldest VoltAgent',
  host: testedHost('voltagent-oldest', import.meta.url),
  readsWhatNobodyReads: true,
  ...(oldest as unknown as Omit<VoltAgentVersion, 'name' | 'host' | 'readsWhatNobodyReads'>),
};

export const VOLTAGENT_VERSIONS: readonly VoltAgentVersion[] = [NEWEST, OLDEST];
