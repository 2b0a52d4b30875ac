import type { EndedBy, Outcome } from '../../events/event.ts';
import type { Attempt } from '../../model/model-call.ts';
import { isGivenUp } from '../../is-abort.ts';
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
  const answer = new AnswerReader(call.api, response.headers.get('content-type') ?? '', {
    onFirstChunk: () => attempt.markFirstChunk(),
    keepsAnswer: attempt.isContentHeard,
  });
  const end = (outcome: Outcome, endedBy: EndedBy, error?: unknown): void => {
    attempt.end({
      // Clients abort what they are done with, also after the last event, and after one that says what went wrong.
      outcome: answer.error === undefined ? (answer.isComplete ? 'ok' : outcome) : 'error',
      endedBy,
      error: answer.error ?? error,
      result: answer.result,
      answer: () => answer.answer,
    });
  };
  // A client that is told to stop may drop the body without a word.
  const onAbort = (): void => end('aborted', 'host');
  const unwatch = (): void => signal?.removeEventListener('abort', onAbort);
  const observed = observeBytes(body, {
    onChunk: (chunk) => answer.read(chunk),
    onEnd() {
      unwatch();
      answer.finish();
      end('ok', 'host');
    },
    onError(error) {
      unwatch();
      if (!answer.isStream) onFailure();
      end(isGivenUp(error, signal) ? 'aborted' : 'error', 'host', error);
    },
    onCancel() {
      unwatch();
      end('aborted', 'reader');
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
