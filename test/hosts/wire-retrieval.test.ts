import { afterEach, describe, expect, it } from 'vitest';
import { AI_6, AI_7 } from './ai-sdk-version.ts';
import { PROVIDER_APIS } from './wire/provider-apis.ts';
import { closeServers } from './wire/wire-comparison.ts';
import { retrieveOnTheWire } from './wire/wire-retrieval.ts';

afterEach(closeServers);

for (const version of [AI_7, AI_6]) {
  for (const { name, providerOptions, model } of PROVIDER_APIS) {
    describe(`${version.name}, ${name}`, () => {
      it.each(['generate', 'stream'] as const)('%s: a model that asks for what was left out gets it', async (how) => {
        const subject = { sdk: version.sdk, model: (baseURL: string) => model(version, baseURL), providerOptions };
        await expect(retrieveOnTheWire(subject, how)).resolves.toBeUndefined();
      });
    });
  }
}
