import { afterEach, describe, expect, it } from 'vitest';
import { AI_6, AI_7 } from './ai-sdk-version.ts';
import { PROVIDER_APIS } from './wire/provider-apis.ts';
import { serviceAgent } from './wire/service-agent.ts';
import { closeServers, compareOnTheWire, EXITS } from './wire/wire-comparison.ts';

afterEach(closeServers);

for (const version of [AI_7, AI_6]) {
  for (const api of PROVIDER_APIS) {
    describe(`${version.name}, ${api.name}`, () => {
      it.each(EXITS)('sends what it would send without us but for tool results: $name', async (exit) => {
        const { providerOptions, marks } = api;
        const { wrapped } = await compareOnTheWire(
          {
            model: (baseURL) => api.model(version, baseURL),
            agent: (settings) => serviceAgent(version.sdk, { providerOptions, ...settings }),
            marks,
          },
          exit,
        );
        expect(wrapped).toHaveLength(3);
      });
    });
  }
}
