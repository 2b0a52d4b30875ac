import { afterEach, describe, expect, it } from 'vitest';
import { hasExtendedThinking } from '../../../src/model/extended-thinking.ts';
import type { CallOptions, LanguageModelLike } from '../../../src/model/language-model.ts';
import type { Fields } from '../wire/scenario.ts';
import { LOOK, serviceAgent } from '../wire/service-agent.ts';
import { closeServers, compareOnTheWire, EXITS, serve, type WireSubject } from '../wire/wire-comparison.ts';
import { PROVIDER_CASES, type ProviderCase } from './provider-cases.ts';
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
  describe.each(ways)(`${packages.name}, $provider, $call`, ({ provider, call, asks, leastThinking }) => {
    it(asks ? 'is known to ask for thinking' : 'is known not to ask for thinking', async () => {
      const server = await serve([{ text: 'It was the gateway.' }]);
      const seen: CallOptions[] = [];
      const model = spyOn(caseOf(provider).model(packages, server.url), seen);
      await packages.sdk.generateText({ model, prompt: 'Why?', maxRetries: 0, ...call });
      expect(hasExtendedThinking(seen[0] as CallOptions)).toBe(asks);
      const asked = thinkingAskedFor(server.requests[0]?.body as unknown as Fields);
      if (asks) expect(asked).toBeDefined();
      else expect(asked).toBe(leastThinking);
    });
  });
}

/** Reasoning that the framework takes out of the text, with a model that does not think and with one that does too. */
function describeFrameworkReasoning({ name, sdk, ...packages }: ProviderPackages): void {
  const withReasoning = (model: LanguageModelLike): LanguageModelLike =>
    sdk.wrapLanguageModel({ model, middleware: sdk.extractReasoningMiddleware({ tagName: 'think' }) });
  const { reasoning: _reasoning, redactedReasoning: _redacted, ...unthinking } = ALOUD;
  const modes = [
    {
      mode: 'framework reasoning',
      provider: 'OpenAI-compatible',
      firstAnswer: unthinking,
      marks: ['"reasoning_content":"The gateway is slow at night."'],
    },
    {
      mode: 'framework reasoning',
      provider: 'Mistral',
      firstAnswer: unthinking,
      marks: ['The gateway is slow at night.'],
    },
    {
      mode: 'both',
      provider: 'OpenAI-compatible',
      firstAnswer: ALOUD,
      marks: ['The log will tell.', 'The gateway is slow at night.'],
    },
    // What has no signature is not sent to Anthropic: its package leaves out what the framework took out of the text.
    {
      mode: 'both',
      provider: 'Anthropic',
      firstAnswer: ALOUD,
      marks: ['The log will tell.', 'signature-1==', 'redacted-reasoning'],
    },
    {
      mode: 'both',
      provider: 'Amazon Bedrock, Converse',
      firstAnswer: ALOUD,
      marks: ['The log will tell.', 'signature-1==', 'redacted-reasoning'],
    },
  ];
  describe.each(modes)(`${name}, $mode, $provider`, ({ provider, firstAnswer, marks }) => {
    const known = caseOf(provider);
    const base = (baseURL: string): LanguageModelLike => known.model({ name, sdk, ...packages }, baseURL);
    const subject: Omit<WireSubject, 'model'> = {
      agent: (settings) => serviceAgent(sdk, { providerOptions: known.providerOptions, ...settings }),
      firstAnswer,
      marks,
    };
    for (const exit of EXITS.filter(({ outcome }) => outcome === 'ok')) {
      it(`sends what it would send without us, around the framework's reasoning: ${exit.name}`, async () => {
        const { wrapped } = await compareOnTheWire({ ...subject, model: (url) => withReasoning(base(url)) }, exit);
        expect(wrapped.at(-1)?.text).not.toContain('<think>');
      });

      it(`sends what it would send without us, within the framework's reasoning: ${exit.name}`, async () => {
        const { wrapped } = await compareOnTheWire({ ...subject, model: base, around: withReasoning }, exit);
        expect(wrapped.at(-1)?.text).not.toContain('<think>');
      });
    }
  });
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
