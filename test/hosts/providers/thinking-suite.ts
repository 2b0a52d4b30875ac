import { afterEach, describe, expect, it } from 'vitest';
import { HeadroomModel } from '../../../src/model/headroom-model.ts';
import type { Fields, WireRequest } from '../wire/scenario.ts';
import { ANSWER, LOOK, serviceAgent } from '../wire/service-agent.ts';
import { closeServers, serve } from '../wire/wire-comparison.ts';
import { protocolOf } from '../wire/wire-protocols.ts';
import { PROVIDER_CASES } from './provider-cases.ts';
import { providerMeta } from './provider-meta.ts';
import type { ProviderPackages } from './provider-packages.ts';

/**
 * What providers ask of thinking: that the answer which holds it comes back with every block of it, unchanged and in its
 * place. Anthropic answers 400 to anything else.
 */
export function describeThinking(packages: ProviderPackages): void {
  afterEach(closeServers);

  for (const provider of PROVIDER_CASES) {
    const { repeatsAnswers } = provider;
    if (repeatsAnswers === undefined) continue;
    const meta = providerMeta(packages, provider, 'thinking');
    describe(`${packages.name}, ${provider.name}`, { meta }, () => {
      it.each(['generate', 'stream'] as const)(
        'sends an answer with thinking back block by block as it came: %s',
        async (how) => {
          const server = await serve([LOOK, ANSWER]);
          const agent = serviceAgent(packages.sdk, {
            model: new HeadroomModel(provider.model(packages, server.url)),
            providerOptions: provider.providerOptions,
          });
          const call = { prompt: 'Why did checkout fail last night?' };
          const { text } = how === 'generate' ? await agent.generate(call) : await agent.stream(call);
          expect(await text).toBe(ANSWER.text);

          const [first, second] = server.requests;
          if (first === undefined || second === undefined) throw new Error('Expected two requests.');
          const sent = second.body[repeatsAnswers]?.[1] as Fields | undefined;
          expect(sent?.['content'] ?? sent?.['parts']).toEqual(blocksOf(first));
        },
      );
    });
  }
}

/** The blocks of the first answer, as the server gave them. */
function blocksOf(request: WireRequest): unknown {
  const body = protocolOf(request.path)?.render(LOOK, 1, request.body).body as {
    readonly content?: unknown;
    readonly output?: { readonly message: { readonly content: unknown } };
    readonly candidates?: readonly { readonly content: { readonly parts: unknown } }[];
  };
  return body.content ?? body.output?.message.content ?? body.candidates?.[0]?.content.parts;
}
