import { describe, expect, it } from 'vitest';
import { hasExtendedThinking } from '../../../src/model/extended-thinking.ts';

const prompt = [{ role: 'user', content: [{ type: 'text', text: 'Why did checkout fail?' }] }];

describe('a call asks the model to think', () => {
  it.each(['minimal', 'low', 'high', 'max'])('when its reasoning is %s', (reasoning) => {
    expect(hasExtendedThinking({ prompt, reasoning })).toBe(true);
  });

  it.each([
    { anthropic: { thinking: { type: 'enabled', budgetTokens: 1_024 } } },
    { anthropic: { thinking: { type: 'adaptive' } } },
    { anthropic: { thinking: true } },
    { bedrock: { reasoningConfig: { type: 'enabled', budgetTokens: 1_024 } } },
    { bedrock: { reasoningConfig: { maxReasoningEffort: 'high' } } },
    { bedrock: { additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 1_024 } } } },
    { openai: { reasoningEffort: 'low' } },
    { google: { thinkingConfig: { thinkingLevel: 'high' } } },
    { google: { thinkingConfig: { thinkingBudget: -1 } } },
    { ollama: { think: true } },
    { ollama: { think: 'high' } },
    { openai: { store: true }, acme: { reasoningEffort: 'high' } },
  ])('when its provider options are %j', (providerOptions) => {
    expect(hasExtendedThinking({ prompt, providerOptions })).toBe(true);
  });

  it.each(['reasoning', 'reasoning-file'])('when an answer in its prompt has a part of type %s', (type) => {
    const answer = { role: 'assistant', content: [{ type, text: '' }] };
    expect(hasExtendedThinking({ prompt: [...prompt, answer] })).toBe(true);
  });
});

describe('a call does not ask the model to think', () => {
  it.each([undefined, null, 'none', 'provider-default', 5])('when its reasoning is %s', (reasoning) => {
    expect(hasExtendedThinking({ prompt, reasoning })).toBe(false);
  });

  it.each([
    undefined,
    {},
    { anthropic: {} },
    { anthropic: { thinking: { type: 'disabled' } } },
    { anthropic: { thinking: { blockBinding: { prefixMismatchBehavior: 'error' } } } },
    { anthropic: { thinking: false } },
    { bedrock: { reasoningConfig: { type: 'disabled' } } },
    { bedrock: { additionalModelRequestFields: { top_k: 5 } } },
    { openai: { reasoningEffort: 'none' } },
    { google: { thinkingConfig: { thinkingBudget: 0 } } },
    { ollama: { think: false } },
    { ollama: null },
    { ollama: 'high' },
  ])('when its provider options are %j', (providerOptions) => {
    expect(hasExtendedThinking({ prompt, providerOptions })).toBe(false);
  });

  it('when its prompt is not what a prompt should be', () => {
    const odd = [
      null,
      5,
      { role: 'assistant' },
      { role: 'assistant', content: 'reasoning' },
      { role: 'assistant', content: [null] },
    ];
    expect(hasExtendedThinking({ prompt: odd })).toBe(false);
  });

  it('when a user speaks of reasoning', () => {
    expect(hasExtendedThinking({ prompt: [{ role: 'user', content: [{ type: 'reasoning', text: 'x' }] }] })).toBe(
      false,
    );
  });
});
