/** What the model answers in one turn, or how it fails. */
export interface ScriptedAnswer {
  readonly text?: string;
  readonly toolCalls?: readonly { readonly toolName: string; readonly input: Readonly<Record<string, unknown>> }[];
  readonly usage?: ScriptedUsage;
  /** In place of an answer. */
  readonly rejection?: Error;
  /** After the text: an error part, and then the end. In a call that is not streamed, a rejection. */
  readonly errorPart?: Error;
  /** After the text the stream breaks. In a call that is not streamed, a rejection. */
  readonly brokenStream?: Error;
  /** After the text nothing, until the call is aborted. */
  readonly hangs?: true;
}

export interface ScriptedUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** @default 0 */
  readonly cacheReadTokens?: number;
  /** @default 0 */
  readonly cacheWriteTokens?: number;
  /** @default 0 */
  readonly reasoningTokens?: number;
}

/** What a script chooses its answer by: the conversation alone, so that runs may interleave. */
export interface ScriptedTurn {
  /** The text of the user's message. */
  readonly userText: string;
  /** How many answers the model gave before this one. */
  readonly answerCount: number;
  readonly prompt: readonly PromptMessage[];
  readonly toolNames: readonly string[];
}

export type Script = (turn: ScriptedTurn) => ScriptedAnswer;

export interface PromptMessage {
  readonly role: string;
  readonly content: string | readonly PromptPart[];
}

export interface PromptPart {
  readonly type: string;
  readonly text?: string;
  readonly output?: { readonly type: string; readonly value: unknown };
}

interface ProviderCall {
  readonly prompt: readonly PromptMessage[];
  readonly tools?: readonly { readonly name: string }[];
  readonly abortSignal?: AbortSignal;
}

/** A provider's model of one spec version that plays a script. */
export interface ScriptedProvider {
  readonly specificationVersion: 'v3' | 'v4';
  readonly provider: string;
  readonly modelId: string;
  readonly supportedUrls: Record<string, RegExp[]>;
  /** What it was called with, in order. */
  readonly calls: readonly ProviderCall[];
  doGenerate(call: never): Promise<unknown>;
  doStream(call: never): Promise<{ stream: ReadableStream<unknown> }>;
}

export function scriptedProvider(specificationVersion: 'v3' | 'v4', script: Script): ScriptedProvider {
  const calls: ProviderCall[] = [];
  const next = (call: ProviderCall): { answer: ScriptedAnswer; turn: number } => {
    calls.push(call);
    call.abortSignal?.throwIfAborted();
    const answerCount = call.prompt.filter(({ role }) => role === 'assistant').length;
    const toolNames = (call.tools ?? []).map(({ name }) => name);
    const answer = script({ userText: userTextOf(call.prompt), answerCount, prompt: call.prompt, toolNames });
    if (answer.rejection !== undefined) throw answer.rejection;
    return { answer, turn: answerCount };
  };
  return {
    specificationVersion,
    provider: 'scripted.chat',
    modelId: 'scripted-model',
    supportedUrls: {},
    calls,
    async doGenerate(call: ProviderCall) {
      const { answer, turn } = next(call);
      if (answer.hangs === true) await abortOf(call.abortSignal);
      const failure = answer.errorPart ?? answer.brokenStream;
      if (failure !== undefined) throw failure;
      const text = answer.text === undefined ? [] : [{ type: 'text', text: answer.text }];
      return { content: [...text, ...toolCallsOf(answer, turn)], ...endOf(answer), warnings: [] };
    },
    async doStream(call: ProviderCall) {
      const { answer, turn } = next(call);
      return { stream: streamOf(partsOf(answer, turn, call.abortSignal)) };
    },
  };
}

async function* partsOf(answer: ScriptedAnswer, turn: number, signal: AbortSignal | undefined): AsyncGenerator {
  yield { type: 'stream-start', warnings: [] };
  if (answer.text !== undefined) {
    yield { type: 'text-start', id: 'text' };
    for (const delta of answer.text.split(/(?<= )/)) {
      await pause();
      yield { type: 'text-delta', id: 'text', delta };
    }
    yield { type: 'text-end', id: 'text' };
  }
  yield* toolCallsOf(answer, turn);
  if (answer.hangs === true) await abortOf(signal);
  if (answer.brokenStream !== undefined) throw answer.brokenStream;
  if (answer.errorPart !== undefined) {
    yield { type: 'error', error: answer.errorPart };
    yield { type: 'finish', ...endOf(answer), finishReason: { unified: 'error', raw: 'error' } };
    return;
  }
  yield { type: 'finish', ...endOf(answer) };
}

function streamOf(parts: AsyncGenerator): ReadableStream<unknown> {
  return new ReadableStream<unknown>(
    {
      async pull(controller) {
        const { done, value } = await parts.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
    },
    { highWaterMark: 0 },
  );
}

function toolCallsOf({ toolCalls = [] }: ScriptedAnswer, turn: number): readonly unknown[] {
  return toolCalls.map(({ toolName, input }, index) => ({
    type: 'tool-call',
    toolCallId: `call_${turn}_${index}`,
    toolName,
    input: JSON.stringify(input),
  }));
}

function endOf(answer: ScriptedAnswer): { readonly usage: unknown; readonly finishReason: unknown } {
  const usage: ScriptedUsage = answer.usage ?? { inputTokens: 100, outputTokens: 10 };
  const { inputTokens, outputTokens, cacheReadTokens = 0, cacheWriteTokens = 0, reasoningTokens = 0 } = usage;
  const noCache = inputTokens - cacheReadTokens - cacheWriteTokens;
  const isCalling = (answer.toolCalls ?? []).length > 0;
  return {
    usage: {
      inputTokens: { total: inputTokens, noCache, cacheRead: cacheReadTokens, cacheWrite: cacheWriteTokens },
      outputTokens: { total: outputTokens, text: outputTokens - reasoningTokens, reasoning: reasoningTokens },
    },
    finishReason: { unified: isCalling ? 'tool-calls' : 'stop', raw: isCalling ? 'tool_calls' : 'stop' },
  };
}

function userTextOf(prompt: readonly PromptMessage[]): string {
  const content = prompt.find(({ role }) => role === 'user')?.content ?? '';
  return typeof content === 'string' ? content : content.map(({ text }) => text ?? '').join('');
}

/** Rejects as a fetch does when its signal is aborted. */
function abortOf(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    const abort = (): void => reject(new DOMException('This operation was aborted', 'AbortError'));
    if (signal?.aborted === true) abort();
    signal?.addEventListener('abort', abort, { once: true });
  });
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}
