import { afterEach, describe, expect, it } from 'vitest';
import { closeServers } from '../wire/wire-comparison.ts';
import { retrieveOnTheWire } from '../wire/wire-retrieval.ts';
import { PROVIDER_CASES } from './provider-cases.ts';
import { providerMeta } from './provider-meta.ts';
import type { ProviderPackages } from './provider-packages.ts';

/** That what was left out is within every provider's reach. */
export function describeRetrieval(packages: ProviderPackages): void {
  afterEach(closeServers);

  for (const provider of PROVIDER_CASES) {
    const { providerOptions } = provider;
    const meta = providerMeta(packages, provider, 'retrieval');
    describe(`${packages.name}, ${provider.name}`, { meta }, () => {
      it.each(['generate', 'stream'] as const)('gets what was left out when its model asks for it: %s', async (how) => {
        const model = (baseURL: string) => provider.model(packages, baseURL);
        await expect(retrieveOnTheWire({ sdk: packages.sdk, model, providerOptions }, how)).resolves.toBeUndefined();
      });
    });
  }
}
