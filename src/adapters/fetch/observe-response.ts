import type { Attempt } from '../../model/model-call.ts';
import { isAbort } from '../../is-abort.ts';
import { AnswerReader } from './answer-reader.ts';
import type { ClientCall } from './client-call.ts';

interface Observation {
  readonly call: ClientCall;
  readonly attempt: Attempt<ClientCall['options']>;
  readonly signal: AbortSignal | undefined;
  /** Told when the client could not read its answer. */
  readonly onFailure: () => void;
}

/**
 * A response with the same status, headers and bytes, one chunk for each that is asked for: nothing is read ahead, and a
 * reader that cancels cancels the source. The call ends with the body.
 *
 * Throws for a response whose body is no web stream.
 */
export function observeResponse(response: Response, { call, attempt, signal, onFailure }: Observation): Response {
  const { body } = response;
  if (body === null) {
    attempt.end({ outcome: 'ok', endedBy: 'host' });
    return response;
  }
  const answer = new AnswerReader(call.api, response.headers.get('content-type') ?? '', () => attempt.markFirstChunk());
  // A client that is told to stop may drop the body without a word.
  const onAbort = (): void => attempt.end({ outcome: 'aborted', endedBy: 'host', result: answer.result });
  const settle = (): void => {
    const { error, result } = answer;
    attempt.end({ outcome: error === undefined ? 'ok' : 'error', endedBy: 'host', error, result });
  };
  const observed = observeBytes(body, {
    onChunk: (chunk) => answer.read(chunk),
    onEnd() {
      signal?.removeEventListener('abort', onAbort);
      answer.finish();
      settle();
    },
    onError(error) {
      signal?.removeEventListener('abort', onAbort);
      if (!answer.isStream) onFailure();
      const outcome = signal?.aborted === true || isAbort(error) ? 'aborted' : 'error';
      attempt.end({ outcome, endedBy: 'host', error, result: answer.result });
    },
    onCancel() {
      signal?.removeEventListener('abort', onAbort);
      // A reader that has all it wants cancels after the last event: that call was finished.
      if (answer.isComplete) settle();
      else attempt.end({ outcome: 'aborted', endedBy: 'reader', result: answer.result });
    },
  });
  const { status, statusText, headers, url, redirected } = response;
  const copy = new Response(observed, { status, statusText, headers });
  if (signal?.aborted === true) onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });
  return Object.defineProperties(copy, { url: { value: url }, redirected: { value: redirected } });
}

interface BytesObserver {
  readonly onChunk: (chunk: Uint8Array) => void;
  readonly onEnd: () => void;
  readonly onError: (error: unknown) => void;
  readonly onCancel: () => void;
}

function observeBytes(source: ReadableStream<Uint8Array>, observer: BytesObserver): ReadableStream<Uint8Array> {
  const reader = source.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) {
            observer.onEnd();
            controller.close();
            return;
          }
          observer.onChunk(value);
          controller.enqueue(value);
        } catch (error) {
          observer.onError(error);
          controller.error(error);
        }
      },
      cancel(reason) {
        observer.onCancel();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
