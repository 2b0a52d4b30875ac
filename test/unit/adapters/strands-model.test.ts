import { describe, expect, test } from 'vitest';
import { endOfCall } from '../../../src/adapters/strands/end-of-call.ts';
import { nameOfModel } from '../../../src/adapters/strands/name-of-model.ts';
import { passOn, type PassedEnd } from '../../../src/adapters/runs/pass-on.ts';
import { normalizeUsage } from '../../../src/tokens/normalize-usage.ts';

class BedrockModel {
  getConfig(): object {
    return { modelId: 'anthropic.claude-opus-4-8' };
  }
}

class MyModel extends BedrockModel {}

describe('a model of Strands', () => {
  test.each([
    [new BedrockModel(), { provider: 'amazon-bedrock', modelId: 'anthropic.claude-opus-4-8' }],
    [new MyModel(), { provider: 'amazon-bedrock', modelId: 'anthropic.claude-opus-4-8' }],
    [
      { _provider: { provider: 'openai.chat' }, getConfig: () => ({ modelId: 'gpt-5' }) },
      { provider: 'openai.chat', modelId: 'gpt-5' },
    ],
    [{ getConfig: () => ({}) }, { provider: 'unknown', modelId: 'unknown' }],
    [undefined, { provider: 'unknown', modelId: 'unknown' }],
    [
      {
        getConfig: () => {
          throw new Error('No.');
        },
      },
      { provider: 'unknown', modelId: 'unknown' },
    ],
  ])('is named by what it says of itself (%#)', (model, name) => {
    expect(nameOfModel(model)).toEqual(name);
  });

  const usage = { inputTokens: 900, outputTokens: 40, cacheReadInputTokens: 100, cacheWriteInputTokens: 7 };

  test.each([
    ['anthropic', { ...usage, totalTokens: 940 }, 1_007],
    ['amazon-bedrock', { ...usage, totalTokens: 1_047 }, 1_007],
    ['amazon-bedrock', { inputTokens: 900, outputTokens: 40, totalTokens: 1_047 }, 1_007],
    ['openai', { ...usage, totalTokens: 940 }, 900],
    ['unknown', { ...usage, totalTokens: 1_047 }, 1_007],
    // Thoughts, which are neither input nor from a cache.
    ['google', { inputTokens: 900, outputTokens: 40, totalTokens: 1_000 }, 900],
  ])('has what came from the cache as a part of its input (%s)', (provider, told, inputTokens) => {
    expect(normalizeUsage(endOfCall({ usage: told, stopReason: 'endTurn' }, provider).usage)).toMatchObject({
      inputTokens,
      outputTokens: 40,
    });
  });

  test('tells nothing that was not said', () => {
    const { usage, finishReason } = endOfCall({ usage: undefined, stopReason: undefined }, 'anthropic');
    expect(normalizeUsage(usage)).toBeUndefined();
    expect(finishReason).toBeUndefined();
  });

  test.each([
    ['endTurn', 'stop'],
    ['stopSequence', 'stop'],
    ['toolUse', 'tool-calls'],
    ['maxTokens', 'length'],
    ['guardrailIntervened', 'content-filter'],
    ['pauseTurn', 'other'],
  ])('stops for a reason of the AI SDK: %s', (stopReason, finishReason) => {
    expect(endOfCall({ usage: undefined, stopReason }, 'openai').finishReason).toBe(finishReason);
  });
});

describe('a generator that is passed on', () => {
  const ends: PassedEnd<string>[] = [];
  const pass = (generator: AsyncGenerator<unknown, string, undefined>): AsyncGenerator<unknown, string, undefined> => {
    ends.length = 0;
    return passOn(generator, { within: (step) => step(), onEnd: (end) => ends.push(end) });
  };

  test('ends with its result, with its error, or when it is left, and once', async () => {
    let cleanUps = 0;
    async function* twoSteps(error?: Error): AsyncGenerator<unknown, string, undefined> {
      try {
        yield 1;
        if (error !== undefined) throw error;
        yield 2;
        return 'Done.';
      } finally {
        cleanUps += 1;
      }
    }
    const whole = pass(twoSteps());
    expect([await whole.next(), await whole.next(), await whole.next()]).toEqual([
      { done: false, value: 1 },
      { done: false, value: 2 },
      { done: true, value: 'Done.' },
    ]);
    expect(ends).toEqual([{ kind: 'returned', result: 'Done.' }]);

    const error = new Error('It failed.');
    const failing = pass(twoSteps(error));
    await failing.next();
    await expect(failing.next()).rejects.toBe(error);
    expect(ends).toEqual([{ kind: 'threw', error }]);

    for await (const event of pass(twoSteps())) if (event === 1) break;
    expect(ends).toEqual([{ kind: 'left' }]);
    expect(cleanUps).toBe(3);
  });

  test('is thrown into, as what it stands for would be', async () => {
    async function* forgiving(): AsyncGenerator<unknown, string, undefined> {
      try {
        yield 1;
      } catch (error) {
        yield (error as Error).message;
      }
      return 'Done.';
    }
    const passed = pass(forgiving());
    await passed.next();
    expect(await passed.throw(new Error('Wait.'))).toEqual({ done: false, value: 'Wait.' });
    expect(await passed.next()).toEqual({ done: true, value: 'Done.' });
    expect(ends).toEqual([{ kind: 'returned', result: 'Done.' }]);
  });
});
