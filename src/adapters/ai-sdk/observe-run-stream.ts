import { outcomeOf } from '../../hooks/outcome-of.ts';
import { isOwnEnd } from '../../hooks/is-own-end.ts';
import { endOfError, endOfResult, type RunEnding } from '../runs/run-ending.ts';

/** A transform as `streamText` of ai 6 and ai 7 takes them. */
export type StreamTransform = (options: never) => ReadableWritablePair<unknown, unknown>;

/** The part of a `TextStreamPart` that is read. */
interface RunPart {
  readonly type?: unknown;
  readonly text?: unknown;
  readonly error?: unknown;
  readonly finishReason?: unknown;
  readonly totalUsage?: unknown;
}

/**
 * A transform that changes nothing, reads nothing ahead, and tells how the stream of a run ended, before its reader sees
 * the end. It sees what callbacks do not: a provider error after the first step reaches `onEnd` looking like a success,
 * and a broken connection reaches no callback of ai 6. A reader that leaves is not seen by anyone.
 */
export function observeRunStream(
  end: (ending: RunEnding) => Promise<void>,
  abortSignal: AbortSignal | undefined,
): StreamTransform {
  const progress = new StreamProgress(abortSignal);
  return () => {
    const { readable, writable } = new TransformStream<unknown, unknown>();
    const reader = readable.getReader();
    const observed = new ReadableStream<unknown>(
      {
        async pull(controller) {
          try {
            const { done, value } = await reader.read();
            if (done) {
              await end(progress.ending());
              controller.close();
              return;
            }
            progress.add(value as RunPart);
            controller.enqueue(value);
          } catch (error) {
            await end(endOfError(error, abortSignal));
            controller.error(error);
          }
        },
        async cancel(reason) {
          await end(progress.isFinished ? progress.ending() : { outcome: 'aborted', endedBy: 'reader' });
          await reader.cancel(reason);
        },
      },
      { highWaterMark: 0 },
    );
    return { readable: observed, writable };
  };
}

class StreamProgress {
  private readonly abortSignal: AbortSignal | undefined;
  private text = '';
  private stepCount = 0;
  private finish: RunPart | undefined;
  private failure: { readonly error: unknown } | undefined;
  private hasLastStepFailed = false;
  private aborted = false;

  constructor(abortSignal: AbortSignal | undefined) {
    this.abortSignal = abortSignal;
  }

  get isFinished(): boolean {
    return this.finish !== undefined;
  }

  add(part: RunPart): void {
    switch (part.type) {
      case 'start-step':
        this.text = '';
        this.hasLastStepFailed = false;
        break;
      case 'text-delta':
        if (typeof part.text === 'string') this.text += part.text;
        break;
      case 'finish-step':
        this.stepCount += 1;
        break;
      case 'finish':
        this.finish = part;
        break;
      case 'abort':
        this.aborted = true;
        break;
      case 'error':
        this.failure ??= { error: part.error };
        this.hasLastStepFailed = true;
        break;
      default:
        break;
    }
  }

  ending(): RunEnding {
    const seen = { stepCount: this.stepCount, output: this.text };
    if (this.aborted) return { outcome: 'aborted', endedBy: 'host', error: this.abortSignal?.reason, ...seen };
    if (this.finish !== undefined) {
      const ending = { ...endOfResult(this.finish), ...this.failure, ...seen };
      // Not every provider's package gives `error` as the finish reason of a stream that broke off with an error.
      const hasFailed = this.hasLastStepFailed && !isOwnEnd(ending.finishReason);
      return hasFailed ? { ...ending, outcome: outcomeOf(this.failure?.error) } : ending;
    }
    if (this.failure !== undefined) return { ...endOfError(this.failure.error, this.abortSignal), ...seen };
    // A transform of the caller's may stop a stream without a word.
    return { outcome: 'aborted', endedBy: 'reader', ...seen };
  }
}
