import * as newestAgents from '@mastra/core/agent';
import * as newestTools from '@mastra/core/tools';
import { testedHost, type TestedHost } from '../compatibility/tested-host.ts';

/** What tests use of Mastra, in the shape that its versions share. */
export interface MastraVersion {
  readonly name: string;
  readonly host: TestedHost;
  /** Of the newest models that it takes. */
  readonly specificationVersion: 'v3' | 'v4';
  readonly Agent: new (config: Readonly<Record<string, unknown>>) => MastraAgent;
  createTool(definition: Readonly<Record<string, unknown>>): unknown;
}

export interface MastraAgent {
  generate(prompt: unknown, options?: object): Promise<MastraAnswer>;
  stream(prompt: unknown, options?: object): Promise<MastraStream>;
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
  createTool: newestTools.createTool as unknown as MastraVersion['createTool'],
};

export const MASTRA_VERSIONS: readonly MastraVersion[] = [NEWEST];
