import { afterEach, describe, expect, it } from 'vitest';
import { hasExtendedThinking } from '../../../src/model/extended-thinking.ts';
import type { CallOptions, LanguageModelLike } from '../../../src/model/language-model.ts';
import type { Fields } from '../wire/scenario.ts';
import { LOOK, serviceAgent } from '../wire/service-agent.ts';
import { closeServers, compareOnTheWire, EXITS, serve, type WireSubject } from '../wire/wire-comparison.ts';
import { marksOf, PROVIDER_CASES, type ProviderCase } from './provider-cases.ts';
import { providerMeta } from './provider-meta.ts';
import type { ProviderPackages } from './provider-packages.ts';
import { REASONING_WAYS, thinkingAskedFor } from './reasoning-ways.ts';

/** A model that thinks aloud: its thoughts are a part of its text. */
const ALOUD = { ...LOOK, text: '<think>The gateway is slow at night.</think>I will look.' };

export function describeReasoning(packages: ProviderPackages): void {
  afterEach(closeServers);
  describeAsking(packages);
  describeFrameworkReasoning(packages);
}

/** That a call is known to ask for thinking when its request asks for it, and then alone. */
function describeAsking(packages: ProviderPackages): void {
  const ways = REASONING_WAYS.filter(({ onlyIn = packages.name }) => onlyIn === packages.name);
  for (const { provider: name, call, asks, leastThinking } of ways) {
    const provider = caseOf(name);
    const meta = providerMeta(packages, provider, 'asking for thinking');
    const title = `${packages.name}, ${name}, ${JSON.stringify(call)}`;
    it(`${title}: ${asks ? 'is' : 'is not'} known to ask for thinking`, { meta }, async () => {
      const server = await serve([{ text: 'It was the gateway.' }]);
      const seen: CallOptions[] = [];
      const model = spyOn(provider.model(packages, server.url), seen);
      await packages.sdk.generateText({ model, prompt: 'Why?', maxRetries: 0, ...call });
      expect(hasExtendedThinking(seen[0] as CallOptions)).toBe(asks);
      const asked = thinkingAskedFor(server.requests[0]?.body as unknown as Fields);
      if (asks) expect(asked).toBeDefined();
      else expect(asked).toBe(leastThinking);
    });
  }
}

/** Reasoning that the framework takes out of the text, with a model that does not think by itself and with one that does. */
function describeFrameworkReasoning(packages: ProviderPackages): void {
  const { sdk } = packages;
  const withReasoning = (model: LanguageModelLike): LanguageModelLike =>
    sdk.wrapLanguageModel({ model, middleware: sdk.extractReasoningMiddleware({ tagName: 'think' }) });
  const { reasoning: _reasoning, redactedReasoning: _redacted, ...aloudAlone } = ALOUD;

  for (const provider of PROVIDER_CASES) {
    const modes = [
      { mode: 'framework reasoning', firstAnswer: aloudAlone, marks: [] },
      { mode: 'both', firstAnswer: ALOUD, marks: marksOf(packages, provider).map(({ text }) => text) },
    ] as const;
    for (const { mode, firstAnswer, marks } of modes) {
      const meta = providerMeta(packages, provider, mode);
      describe(`${packages.name}, ${provider.name}, ${mode}`, { meta }, () => {
        const base = (baseURL: string): LanguageModelLike => provider.model(packages, baseURL);
        const subject: Omit<WireSubject, 'model'> = {
          agent: (settings) => serviceAgent(sdk, { providerOptions: provider.providerOptions, ...settings }),
          firstAnswer,
          marks,
          inventsCallIds: provider.inventsCallIds ?? false,
        };
        for (const exit of EXITS.filter(({ outcome }) => outcome === 'ok')) {
          it.each([
            { where: 'around', model: (url: string) => withReasoning(base(url)) },
            { where: 'within', model: base, around: withReasoning },
          ])(`sends what it would send without us, $where the framework's reasoning: ${exit.name}`, async (place) => {
            const { wrapped } = await compareOnTheWire({ ...subject, ...place }, exit);
            const last = wrapped.at(-1)?.text ?? '';
            expect(last).not.toContain('<think>');
            expect(last.includes('The gateway is slow at night.')).toBe(provider.sendsFrameworkReasoning ?? false);
          });
        }
      });
    }
  }
}

function caseOf(name: string): ProviderCase {
  const found = PROVIDER_CASES.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no provider ${name}.`);
  return found;
}

/** The same model, whose calls are seen. */
function spyOn(model: LanguageModelLike, seen: CallOptions[]): LanguageModelLike {
  return {
    specificationVersion: model.specificationVersion,
    provider: model.provider,
    modelId: model.modelId,
    supportedUrls: model.supportedUrls,
    doGenerate: (options) => {
      seen.push(options);
      return model.doGenerate(options);
    },
    doStream: (options) => model.doStream(options),
  };
}
