import { setTimeout as wait } from 'node:timers/promises';
import { APICallError, type LanguageModel } from 'ai';
import type { Random } from '../demo/incident/random.ts';
import type { ReceivedResult, Turn } from '../demo/script/investigation.ts';

export interface SimulatedModelOptions {
  readonly modelId: string;
  readonly random: Random;
  /** What it says next, by the tool results of the conversation. */
  readonly nextTurn: (received: readonly ReceivedResult[]) => Turn;
  /** Of 1: how often it is overloaded. */
  readonly failureShare: number;
  /** From the call to the first word, at least. */
  readonly latencyMs: number;
}

export type SimulatedModel = Extract<LanguageModel, { readonly specificationVersion: 'v4' }>;

/** What it reads of a call. */
interface Call {
  readonly prompt: readonly Message[];
  readonly abortSignal?: AbortSignal;
}

interface Message {
  readonly role: string;
  readonly content: string | readonly Part[];
}

interface Part {
  readonly type: string;
  readonly toolName?: string;
  readonly output?: { readonly type: string; readonly value?: unknown };
}

/** The shortest prefix that a provider keeps, in tokens. */
const SMALLEST_CACHED = 1_024;
/** An estimate that is good enough for a bill that nobody pays. */
const CHARACTERS_PER_TOKEN = 4;

/**
 * A language model of spec v4 that plays a script as a provider would: it takes its time, bills what it was sent, reads the
 * start of a conversation from its cache, and is overloaded now and then.
 */
export function simulatedModel(options: SimulatedModelOptions): SimulatedModel {
  const { modelId, random, nextTurn, failureShare, latencyMs } = options;
  let cached: readonly string[] = [];
  let callCount = 0;

  async function answer({ prompt, abortSignal }: Call) {
    callCount += 1;
    const id = callCount;
    await wait(latencyMs * (1 + 3 * random.next() ** 4), undefined, { signal: abortSignal });
    if (random.chance(failureShare)) throw overloaded();
    const turn = nextTurn(receivedResults(prompt));
    const calls = turn.toolCalls.map(({ name, input }, index) => ({
      type: 'tool-call',
      toolCallId: `call_${id}_${index}`,
      toolName: name,
      input: JSON.stringify(input),
    }));
    return { turn, calls, end: { usage: usageOf(prompt, turn), finishReason: finishReasonOf(turn) } };
  }

  function usageOf(prompt: readonly Message[], turn: Turn) {
    const parts = prompt.map((message) => JSON.stringify(message));
    const sizes = parts.map((part) => Math.ceil(part.length / CHARACTERS_PER_TOKEN));
    const firstChange = parts.findIndex((part, index) => part !== cached[index]);
    const kept = sum(sizes.slice(0, firstChange === -1 ? undefined : firstChange));
    cached = parts;
    const total = sum(sizes);
    const cacheRead = kept < SMALLEST_CACHED ? 0 : kept;
    const text = Math.ceil(JSON.stringify(turn).length / CHARACTERS_PER_TOKEN);
    const reasoning = random.integer(0, 40);
    return {
      inputTokens: { total, noCache: 0, cacheRead, cacheWrite: total - cacheRead },
      outputTokens: { total: text + reasoning, text, reasoning },
    };
  }

  const model = {
    specificationVersion: 'v4',
    provider: 'simulated.chat',
    modelId,
    supportedUrls: {},
    async doGenerate(call: Call) {
      const { turn, calls, end } = await answer(call);
      return { content: [{ type: 'text', text: turn.text }, ...calls], ...end, warnings: [] };
    },
    async doStream(call: Call) {
      const { turn, calls, end } = await answer(call);
      const pauseMs = latencyMs / 50;
      async function* parts() {
        yield { type: 'stream-start', warnings: [] };
        yield { type: 'text-start', id: 'text' };
        for (const delta of turn.text.split(/(?<= )/)) {
          await wait(pauseMs);
          yield { type: 'text-delta', id: 'text', delta };
        }
        yield { type: 'text-end', id: 'text' };
        yield* calls;
        yield { type: 'finish', ...end };
      }
      return { stream: streamOf(parts()) };
    },
  };
  // Parts are written as the specification says, which is more than types of an example need to repeat.
  return model as unknown as SimulatedModel;
}

function streamOf(parts: AsyncGenerator): ReadableStream<unknown> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
}

function receivedResults(prompt: readonly Message[]): readonly ReceivedResult[] {
  return prompt
    .flatMap(({ role, content }) => (role === 'tool' && typeof content !== 'string' ? content : []))
    .filter(({ type }) => type === 'tool-result')
    .map(({ toolName = '', output }) => ({
      toolName,
      text: typeof output?.value === 'string' ? output.value : JSON.stringify(output?.value ?? ''),
    }));
}

function finishReasonOf({ toolCalls }: Turn) {
  return toolCalls.length === 0 ? { unified: 'stop', raw: 'stop' } : { unified: 'tool-calls', raw: 'tool_calls' };
}

function overloaded(): APICallError {
  return new APICallError({
    message: 'Overloaded',
    url: 'http://localhost',
    requestBodyValues: {},
    statusCode: 529,
    isRetryable: true,
    responseHeaders: { 'retry-after-ms': '50' },
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
