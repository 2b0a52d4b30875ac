import * as newest from 'langchain';
import * as oldest from 'langchain-oldest';
import { testedHost, type TestedHost } from '../compatibility/tested-host.ts';

/** What tests use of LangChain, in the shape that its versions share. */
export interface LangChainVersion {
  readonly name: string;
  readonly host: TestedHost;
  createAgent(params: Readonly<Record<string, unknown>>): LangChainAgent;
  createMiddleware(middleware: Readonly<Record<string, unknown>>): unknown;
  tool(execute: (input: never, config: never) => unknown, definition: Readonly<Record<string, unknown>>): unknown;
}

export interface LangChainAgent {
  withConfig(config: object): LangChainAgent;
  invoke(input: unknown, config?: object): Promise<LangChainState>;
  stream(input: unknown, config?: object): Promise<AsyncIterable<unknown>>;
  streamEvents(input: unknown, config: object): AsyncIterable<{ readonly event: string }>;
  readonly graph: GraphOfAgent;
}

export interface GraphOfAgent {
  getState(config: object): Promise<{ readonly values: LangChainState; readonly next: readonly string[] }>;
  getStateHistory(config: object): AsyncIterable<{ readonly values: LangChainState; readonly next: readonly string[] }>;
}

export interface LangChainState {
  readonly messages: readonly LangChainMessage[];
  readonly __interrupt__?: readonly unknown[];
}

export interface LangChainMessage {
  readonly type: string;
  readonly content: unknown;
  readonly text: string;
  readonly status?: string;
  readonly artifact?: unknown;
}

export const NEWEST = {
  name: 'the newest LangChain',
  host: testedHost('langchain', import.meta.url),
  ...newest,
} as unknown as LangChainVersion;

export const OLDEST = {
  name: 'the oldest LangChain',
  host: testedHost('langchain-oldest', import.meta.url),
  ...oldest,
} as unknown as LangChainVersion;

export const LANGCHAIN_VERSIONS: readonly LangChainVersion[] = [NEWEST, OLDEST];
