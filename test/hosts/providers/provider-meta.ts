import type { TaskMeta } from 'vitest';
import { testedHost, type TestedHost } from '../compatibility/tested-host.ts';
import type { ProviderFamily } from '../../../src/model/provider-family.ts';
import type { TokenFamily } from '../../../src/tokens/families.ts';
import { marksOf, type ProviderCase } from './provider-cases.ts';
import type { ProviderPackages } from './provider-packages.ts';

/** What a test is about. */
export type Aspect =
  | 'wire'
  | 'thinking'
  | 'server tools'
  | 'usage'
  | 'retrieval'
  | 'asking for thinking'
  | 'framework reasoning'
  | 'both';

/** What a test of a provider says of it, for docs/providers.md. */
export interface TestedProvider {
  readonly provider: string;
  readonly sdk: ProviderPackages['name'];
  readonly package: TestedHost;
  readonly aspect: Aspect;
  /** With the test of the wire alone. */
  readonly traits?: ProviderTraits;
}

export interface ProviderTraits {
  readonly providerFamily: ProviderFamily;
  readonly tokenFamily: TokenFamily;
  /** What has to survive. */
  readonly marks: readonly string[];
  /** What the package does in a way of its own. */
  readonly quirks: readonly string[];
  readonly sendsFrameworkReasoning: boolean;
}

declare module 'vitest' {
  interface TaskMeta {
    testedProvider?: TestedProvider;
  }
}

/** For the `meta` of a suite or a test. */
export function providerMeta(packages: ProviderPackages, provider: ProviderCase, aspect: Aspect): TaskMeta {
  return {
    testedProvider: {
      provider: provider.name,
      sdk: packages.name,
      package: testedHost(provider.packageName, packages.folder),
      aspect,
      ...(aspect === 'wire' ? { traits: traitsOf(packages, provider) } : {}),
    },
  };
}

function traitsOf(packages: ProviderPackages, provider: ProviderCase): ProviderTraits {
  return {
    providerFamily: provider.providerFamily,
    tokenFamily: provider.tokenFamily,
    marks: [
      ...marksOf(packages, provider).map(({ what }) => what),
      provider.sendsDocuments === false ? 'pictures' : 'pictures and documents',
      ...(sendsServerToolResults(packages, provider) ? [SERVER_TOOL_RESULTS] : []),
    ],
    quirks: (provider.quirks ?? []).filter(({ versions }) => versions.includes(packages.name)).map(({ what }) => what),
    sendsFrameworkReasoning: provider.sendsFrameworkReasoning ?? false,
  };
}

const SERVER_TOOL_RESULTS = "results of the provider's tools";

function sendsServerToolResults({ name }: ProviderPackages, { serverTool }: ProviderCase): boolean {
  return serverTool?.isSentAgain === true && (serverTool.onlyIn ?? name) === name;
}
