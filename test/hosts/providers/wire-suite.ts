import { afterEach, describe, expect, it } from 'vitest';
import { providerFamilyOf } from '../../../src/model/provider-family.ts';
import { tokenFamilyOf } from '../../../src/tokens/families.ts';
import type { WireRequest } from '../wire/scenario.ts';
import { serviceAgent } from '../wire/service-agent.ts';
import { closeServers, compareOnTheWire, EXITS, type Exit, type WireSubject } from '../wire/wire-comparison.ts';
import { marksOf, PROVIDER_CASES, type ProviderCase, type Quirk } from './provider-cases.ts';
import { providerMeta } from './provider-meta.ts';
import type { ProviderPackages } from './provider-packages.ts';

/** A picture of one pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
/** A document of nothing. */
const DOCUMENT = Buffer.from('%PDF-1.4\n%%EOF\n').toString('base64');
const USERS_PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

const breakpoint = {
  anthropic: { cacheControl: { type: 'ephemeral' } },
  bedrock: { cachePoint: { type: 'default' } },
};

/** What every provider is promised, on the wire. */
export function describeProvidersOnTheWire(packages: ProviderPackages): void {
  afterEach(closeServers);

  for (const provider of PROVIDER_CASES) {
    describeOnTheWire(packages, provider);
  }
}

function describeOnTheWire(packages: ProviderPackages, provider: ProviderCase): void {
  const meta = providerMeta(packages, provider, 'wire');
  describe(`${packages.name}, ${provider.name}`, { meta }, () => {
    const quirks = (provider.quirks ?? []).filter(({ versions }) => versions.includes(packages.name));
    const quirkOf = (exit: Exit): Quirk | undefined => quirks.find((quirk) => quirk.exit === exit.name);
    const exits = EXITS.filter((exit) => quirkOf(exit) === undefined || quirkOf(exit)?.outcome !== undefined).map(
      (exit) => ({ ...exit, outcome: quirkOf(exit)?.outcome ?? exit.outcome }),
    );

    it.each(exits)('sends what it would send without us but for tool results: $name', async (exit) => {
      const { alone, wrapped } = await compareOnTheWire(subjectOf(packages, provider), exit);
      const path = exit.how === 'generate' ? provider.path : provider.streamPath;
      for (const request of wrapped) expect(request.path).toMatch(path);
      expect(wrapped[0]?.text).toContain(USERS_PICTURE);
      // As often with us as without.
      for (const file of [PIXEL, DOCUMENT]) expect(countOf(file, wrapped)).toBe(countOf(file, alone));
      expect(countOf(PIXEL, wrapped)).toBeGreaterThan(0);
      expect(countOf(DOCUMENT, wrapped) > 0).toBe(provider.sendsDocuments ?? true);
    });

    it.runIf(provider.repeatsAnswers === 'contents')(
      'gets a result that was JSON as a text where it is smaller, and else as the JSON that it was',
      async () => {
        const { wrapped } = await compareOnTheWire(subjectOf(packages, provider), EXITS[0] as Exit);
        const parts = (wrapped.at(-1)?.body.contents ?? []).flatMap((content) => (content as Contents).parts);
        const rows = parts.map((part) => part.functionResponse).filter((response) => response?.name === 'rows');
        expect(rows.map((response) => typeof response?.response.content)).toEqual(['string', 'object']);
      },
    );

    it('is known by its family and by the tokens of its model', async () => {
      const model = provider.model(packages, 'http://127.0.0.1:9');
      expect(providerFamilyOf(model)).toBe(provider.providerFamily);
      expect(tokenFamilyOf(model.modelId, model.provider)).toBe(provider.tokenFamily);
    });
  });
}

function subjectOf(packages: ProviderPackages, provider: ProviderCase): WireSubject {
  return {
    model: (baseURL) => provider.model(packages, baseURL),
    agent: (settings) =>
      serviceAgent(
        packages.sdk,
        {
          providerOptions: provider.providerOptions,
          // As long conversations are cached: a breakpoint on the last message of each step.
          prepareStep: ({ messages }: { readonly messages: readonly object[] }) => ({
            messages: messages.map((message, index) =>
              index === messages.length - 1 ? { ...message, providerOptions: breakpoint } : message,
            ),
          }),
          ...settings,
        },
        { attachments: [packages.picture(PIXEL), packages.document(DOCUMENT)] },
      ),
    call: {
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Why did checkout fail last night?' },
            packages.name === 'ai 7'
              ? { type: 'file', mediaType: 'image/png', data: USERS_PICTURE }
              : { type: 'image', mediaType: 'image/png', image: USERS_PICTURE },
          ],
        },
      ],
    },
    marks: marksOf(packages, provider).map(({ text }) => text),
    inventsCallIds: provider.inventsCallIds ?? false,
  };
}

interface Contents {
  readonly parts: readonly {
    readonly functionResponse?: { readonly name: string; readonly response: { readonly content: unknown } };
  }[];
}

function countOf(text: string, requests: readonly WireRequest[]): number {
  return requests.map((request) => request.text.split(text).length - 1).reduce((sum, count) => sum + count, 0);
}
