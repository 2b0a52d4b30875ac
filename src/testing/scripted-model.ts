/** What a scripted model answers to one call. */
export interface ScriptedStep {
  readonly text?: string;
  readonly toolCalls?: readonly { readonly toolName: string; readonly input: unknown }[];
  /** Thrown in place of an answer; in a stream with `text`, after that text. */
  readonly error?: Error;
  /** @default 100 in, 10 out */
  readonly usage?: { readonly inputTokens: number; readonly outputTokens: number };
}

/** The part of a call that scripts look at. */
export interface ScriptedCall {
  readonly prompt: readonly unknown[];
  readonly tools?: readonly unknown[] | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

interface Usage {
  inputTokens: { total: number; noCache: number; cacheRead: undefined; cacheWrite: undefined };
  outputTokens: { total: number; text: number; reasoning: undefined };
}

interface FinishReason {
  unified: 'stop' | 'tool-calls' | 'error';
  raw: string | undefined;
}

type Content =
  | { type: 'text'; text: string }
  | { type: 'tool-call'; toolCallId: string; toolName: string; input: string };

type Part =
  | { type: 'stream-start'; warnings: [] }
  | { type: 'text-start' | 'text-end'; id: string }
  | { type: 'text-delta'; id: string; delta: string }
  | Extract<Content, { type: 'tool-call' }>
  | { type: 'finish'; usage: Usage; finishReason: FinishReason };

/** A language model of spec v4 that plays a script: one step a call, the last one again when there are no more. */
export interface ScriptedModel {
  readonly specificationVersion: 'v4';
  readonly provider: string;
  readonly modelId: string;
  readonly supportedUrls: Record<string, RegExp[]>;
  /** What it was called with, in order. */
  readonly calls: readonly ScriptedCall[];
  doGenerate(call: ScriptedCall): Promise<{
    content: Content[];
    finishReason: FinishReason;
    usage: Usage;
    warnings: [];
  }>;
  doStream(call: ScriptedCall): Promise<{ stream: ReadableStream<Part> }>;
}

/** A model for tests and examples, without a network: `scriptedModel([{ toolCalls: [...] }, { text: 'Done.' }])`. */
export function scriptedModel(
  steps: readonly ScriptedStep[],
  identity: { readonly provider?: string; readonly modelId?: string } = {},
): ScriptedModel {
  const calls: ScriptedCall[] = [];
  const next = (call: ScriptedCall): { step: ScriptedStep; index: number } => {
    call.abortSignal?.throwIfAborted();
    const index = calls.push(call) - 1;
    return { step: steps[Math.min(index, steps.length - 1)] ?? {}, index };
  };
  return {
    specificationVersion: 'v4',
    provider: identity.provider ?? 'scripted.chat',
    modelId: identity.modelId ?? 'scripted-model',
    supportedUrls: {},
    calls,
    async doGenerate(call) {
      const { step, index } = next(call);
      if (step.error !== undefined) throw step.error;
      const content: Content[] = step.text === undefined ? [] : [{ type: 'text', text: step.text }];
      return {
        content: [...content, ...toolCallsOf(step, index)],
        finishReason: finishReasonOf(step),
        usage: usageOf(step),
        warnings: [],
      };
    },
    async doStream(call) {
      const { step, index } = next(call);
      if (step.error !== undefined && step.text === undefined) throw step.error;
      return { stream: streamOf(partsOf(step, index), { error: step.error, signal: call.abortSignal }) };
    },
  };
}

function* partsOf(step: ScriptedStep, index: number): Generator<Part> {
  yield { type: 'stream-start', warnings: [] };
  if (step.text !== undefined) {
    const id = `text_${index}`;
    yield { type: 'text-start', id };
    for (const delta of step.text.split(/(?<= )/)) yield { type: 'text-delta', id, delta };
    if (step.error !== undefined) return;
    yield { type: 'text-end', id };
  }
  yield* toolCallsOf(step, index);
  yield { type: 'finish', usage: usageOf(step), finishReason: finishReasonOf(step) };
}

function streamOf(
  parts: Iterator<Part>,
  { error, signal }: { readonly error: Error | undefined; readonly signal: AbortSignal | undefined },
): ReadableStream<Part> {
  return new ReadableStream(
    {
      pull(controller) {
        const { done, value } = parts.next();
        if (signal?.aborted === true) controller.error(signal.reason);
        else if (done !== true) controller.enqueue(value);
        else if (error !== undefined) controller.error(error);
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

function toolCallsOf({ toolCalls = [] }: ScriptedStep, index: number): Extract<Content, { type: 'tool-call' }>[] {
  return toolCalls.map(({ toolName, input }, position) => ({
    type: 'tool-call',
    toolCallId: `call_${index}_${position}`,
    toolName,
    input: JSON.stringify(input),
  }));
}

function usageOf({ usage = { inputTokens: 100, outputTokens: 10 } }: ScriptedStep): Usage {
  const { inputTokens, outputTokens } = usage;
  return {
    inputTokens: { total: inputTokens, noCache: inputTokens, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: outputTokens, text: outputTokens, reasoning: undefined },
  };
}

function finishReasonOf({ toolCalls }: ScriptedStep): FinishReason {
  return { unified: toolCalls === undefined ? 'stop' : 'tool-calls', raw: undefined };
}
