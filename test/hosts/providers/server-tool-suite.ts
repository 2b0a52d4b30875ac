import { afterEach, describe, expect, it } from 'vitest';
import { logLines } from '../service-log.ts';
import type { WireRequest } from '../wire/scenario.ts';
import { LOOK, serviceAgent } from '../wire/service-agent.ts';
import { closeServers, compareOnTheWire, EXITS } from '../wire/wire-comparison.ts';
import { PROVIDER_CASES } from './provider-cases.ts';
import { providerMeta } from './provider-meta.ts';
import type { ProviderPackages } from './provider-packages.ts';

const OUTPUT = logLines(120);

/** Tools that the provider runs by itself: what they gave is the provider's own, and never ours to rewrite. */
export function describeServerTools(packages: ProviderPackages): void {
  afterEach(closeServers);

  for (const provider of PROVIDER_CASES) {
    const { serverTool } = provider;
    if (serverTool === undefined || (serverTool.onlyIn ?? packages.name) !== packages.name) continue;
    const meta = providerMeta(packages, provider, 'server tools');
    describe(`${packages.name}, ${provider.name}`, { meta }, () => {
      it.each(EXITS.filter(({ outcome }) => outcome === 'ok'))(
        'leaves alone what a tool of the provider gave: $name',
        async (exit) => {
          const subject = {
            model: (baseURL: string) => provider.model(packages, baseURL),
            agent: (settings: Readonly<Record<string, unknown>>) =>
              serviceAgent(
                packages.sdk,
                { providerOptions: provider.providerOptions, ...settings },
                { tools: packages.serverTools[serverTool.of] },
              ),
            marks: [],
            firstAnswer: { ...LOOK, serverToolOutput: OUTPUT.join('\n') },
          };
          const { wrapped, events } = await compareOnTheWire(subject, exit);
          const last = wrapped.at(-1);
          expect(linesIn(last, OUTPUT)).toBe(serverTool.isSentAgain ? OUTPUT.length : 0);
          if (!serverTool.isSentAgain) return;
          const decisions = events.flatMap((event) => (event.type === 'compression.end' ? event.decisions : []));
          expect(decisions.some(({ reason }) => reason === 'provider-executed')).toBe(true);
        },
      );
    });
  }
}

function linesIn(request: WireRequest | undefined, lines: readonly string[]): number {
  return lines.filter((line) => request?.text.includes(line)).length;
}
