import { afterEach, describe, expect, it } from 'vitest';
import { createHeadroomHooks } from '../../../src/hooks/create-headroom-hooks.ts';
import { HeadroomModel } from '../../../src/model/headroom-model.ts';
import { recordEvents } from '../../../src/testing.ts';
import type { Fields } from '../wire/scenario.ts';
import { closeServers, serve } from '../wire/wire-comparison.ts';
import { PROVIDER_CASES, type ProviderCase } from './provider-cases.ts';
import { providerMeta } from './provider-meta.ts';
import type { ProviderPackages } from './provider-packages.ts';
import { readUsageFixture, recordUsage, type UsageReport } from './usage-fixture.ts';
import { WIRE_USAGES, type WireUsage } from './usage-on-the-wire.ts';

/** That the golden usages in test/fixtures/usage are what the packages make of what providers say, and what we make of that. */
export function describeUsage(packages: ProviderPackages): void {
  afterEach(closeServers);

  for (const provider of PROVIDER_CASES) {
    const usages = WIRE_USAGES[provider.name] ?? [];
    const meta = providerMeta(packages, provider, 'usage');
    describe(`${packages.name}, ${provider.name}, usage`, { meta }, () => {
      const calls = usages.flatMap((usage) => (['generate', 'stream'] as const).map((how) => ({ usage, how })));
      it.each(calls)('is what it was: $usage.name, $how', async ({ usage, how }) => {
        const seen = await callOnce(packages, provider, usage, how);
        const by = `${packages.name} ${how}`;
        if (process.env['RECORD_USAGE'] === '1') recordUsage(provider.name, usage, { by, ...seen });
        const known = readUsageFixture(provider.name)?.cases.find(({ name }) => name === usage.name);
        expect(known).toMatchObject(usage);
        const report = known?.reports.find((one) => one.by.includes(by));
        expect({ usage: report?.usage, normalized: report?.normalized }).toEqual(seen);
      });
    });
  }
}

async function callOnce(
  packages: ProviderPackages,
  provider: ProviderCase,
  { wire }: WireUsage,
  how: 'generate' | 'stream',
): Promise<Omit<UsageReport, 'by'>> {
  const server = await serve([{ text: 'It was the gateway.', wireUsage: wire }]);
  const { events } = createHeadroomHooks();
  const recorded = recordEvents(events);
  const model = new HeadroomModel(provider.model(packages, server.url), { events });
  const options = {
    prompt: [{ role: 'user', content: [{ type: 'text', text: 'Why?' }] }],
    providerOptions: provider.providerOptions,
  } as never;
  let usage: unknown;
  if (how === 'generate') {
    ({ usage } = (await model.doGenerate(options)) as { usage: unknown });
  } else {
    const { stream } = (await model.doStream(options)) as { stream: ReadableStream<Fields> };
    for await (const part of stream) if (part['type'] === 'finish') usage = part['usage'];
  }
  const end = recorded.find((event) => event.type === 'model.end');
  expect(end).toMatchObject({ outcome: 'ok' });
  const { raw: _raw, ...reported } = usage as Fields;
  return { usage: plain(reported) as Fields, normalized: plain(end?.usage ?? null) as UsageReport['normalized'] };
}

/** As JSON keeps it. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
