import { withinCallOf } from '../hooks/call-scope.ts';
import { isGivenUp } from '../is-abort.ts';
import { answerOf } from './answer-of.ts';
import { AnswerParts } from './answer-parts.ts';
import type { CallEnd, CallOptions, LanguageModelLike, StreamPart } from './language-model.ts';
import { beginAttempt, type Attempt, type ModelWiring } from './model-call.ts';
import { observeStream } from './observe-stream.ts';

export interface ModelCall {
  readonly model: LanguageModelLike;
  readonly method: 'doGenerate' | 'doStream';
  readonly options: CallOptions;
}

/** Calls a model with its prompt in fewer tokens, and tells of the call until its answer is over. */
export async function callModel(wiring: ModelWiring, { model, method, options }: ModelCall): Promise<unknown> {
  const attempt = await beginAttempt(wiring, options, method === 'doStream');
  try {
    const { options: sent } = attempt;
    const result = await attempt.run(() => withinCallOf(sent.prompt, () => model[method](sent as never)));
    // Mastra makes a stream of what was generated, too.
    if (isStreamed(result)) return { ...result, stream: observeAnswer(result.stream, attempt, options) };
    attempt.end({ outcome: 'ok', endedBy: 'host', result: result as CallEnd, answer: () => answerOf(result) });
    return result;
  } catch (error) {
    wiring.failedPrompts.add(options.prompt);
    const outcome = isGivenUp(error, options.abortSignal) ? 'aborted' : 'error';
    attempt.end({ outcome, endedBy: 'host', error });
    throw error;
  }
}

/** The same parts; the attempt ends with them, or with the call's abort. */
function observeAnswer(
  stream: ReadableStream,
  attempt: Attempt<CallOptions>,
  { abortSignal }: CallOptions,
): ReadableStream {
  const parts = attempt.isContentHeard ? new AnswerParts() : undefined;
  const answerWith = (finish?: StreamPart) => () => answerOf({ ...finish, content: parts?.all() });
  // A host that is told to stop may drop the stream without a word: ai 6 neither reads on nor cancels it.
  const unwatch = watchAbort(abortSignal, () =>
    attempt.end({ outcome: 'aborted', endedBy: 'host', answer: answerWith() }),
  );
  return observeStream(stream, {
    onFirstChunk: () => attempt.markFirstChunk(),
    onPart: parts === undefined ? undefined : (part) => parts.add(part),
    onEnd: ({ finish, ...end }) => {
      unwatch();
      attempt.end({ ...end, result: finish, answer: answerWith(finish) });
    },
  });
}

function isStreamed(result: unknown): result is { readonly stream: ReadableStream } {
  const { stream } = (result ?? {}) as { readonly stream?: Partial<ReadableStream> };
  return typeof stream?.getReader === 'function';
}

function watchAbort(signal: AbortSignal | undefined, onAbort: () => void): () => void {
  if (signal?.aborted === true) onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });
  return () => signal?.removeEventListener('abort', onAbort);
}
