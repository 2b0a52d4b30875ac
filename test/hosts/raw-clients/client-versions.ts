import { createRequire } from 'node:module';
import { testedHost, type TestedHost } from '../compatibility/tested-host.ts';

/** What the tests use of a client, whichever version: the types of each are checked in types.test.ts. */
export interface ClientSettings {
  readonly baseURL: string;
  readonly fetch?: unknown;
  readonly middleware?: readonly unknown[];
  readonly maxRetries?: number;
  readonly timeout?: number;
}

export interface ClientVersion {
  readonly name: string;
  readonly host: TestedHost;
  readonly hasMiddleware: boolean;
  // oxlint-disable-next-line typescript/no-explicit-any -- four majors with types of their own
  connect(settings: ClientSettings): any;
}

const require = createRequire(import.meta.url);

function version(installedAs: string, hasMiddleware: boolean): ClientVersion {
  const host = testedHost(installedAs, import.meta.url);
  return {
    name: `${host.packageName} ${host.version}`,
    host,
    hasMiddleware,
    connect: (settings) => {
      const module = require(installedAs) as { readonly default: new (settings: unknown) => unknown };
      return new module.default({ apiKey: 'key', maxRetries: 0, ...settings });
    },
  };
}

export const OPENAI = version('openai', false);
export const OPENAI_4 = version('openai-4', false);
export const ANTHROPIC = version('@anthropic-ai/sdk', true);
export const ANTHROPIC_0_101 = version('anthropic-0-101', true);
export const ANTHROPIC_0 = version('anthropic-0', false);
