import * as newest from '@strands-agents/sdk';
import * as newestTeams from '@strands-agents/sdk/multiagent';
import { VercelModel } from '@strands-agents/sdk/models/vercel';
import * as oldest from 'strands-oldest';
import * as oldestTeams from 'strands-oldest/multiagent';
import { VercelModel as OldestVercelModel } from 'strands-oldest/models/vercel';
import {
  createPluginFor,
  type HeadroomPlugin,
  type HeadroomPluginOptions,
} from '../../../src/adapters/strands/headroom-plugin.ts';
import type { StrandsPackage } from '../../../src/adapters/strands/load-strands.ts';
import { testedHost, type TestedHost } from '../compatibility/tested-host.ts';

/** What tests use of Strands: the classes of the newest, which the oldest shares as far as they go. */
export interface StrandsVersion {
  readonly name: string;
  readonly host: TestedHost;
  readonly sdk: typeof newest;
  readonly teams: typeof newestTeams;
  readonly VercelModel: typeof VercelModel;
  readonly package: StrandsPackage;
  /** `createHeadroomPlugin()`, which itself finds Strands by its name alone. */
  createHeadroomPlugin(options?: HeadroomPluginOptions): HeadroomPlugin;
}

export const NEWEST = versionOf('the newest Strands', '@strands-agents/sdk', {
  sdk: newest,
  teams: newestTeams,
  VercelModel,
});

export const OLDEST = versionOf('the oldest Strands', 'strands-oldest', {
  sdk: oldest as unknown as typeof newest,
  teams: oldestTeams as unknown as typeof newestTeams,
  VercelModel: OldestVercelModel as unknown as typeof VercelModel,
});

export const STRANDS_VERSIONS: readonly StrandsVersion[] = [NEWEST, OLDEST];

function versionOf(
  name: string,
  installedAs: string,
  parts: Pick<StrandsVersion, 'sdk' | 'teams' | 'VercelModel'>,
): StrandsVersion {
  const strands = { sdk: async () => parts.sdk, multiAgent: async () => parts.teams };
  return {
    name,
    host: testedHost(installedAs, import.meta.url),
    ...parts,
    package: strands,
    createHeadroomPlugin: (options) => createPluginFor(strands, options),
  };
}
