import type { LanguageModelLike } from '../../model/language-model.ts';
import { observeStream } from '../../model/observe-stream.ts';
import { callOf, type Call, type CompressingModels } from '../runs/compressing-models.ts';

/** How a run sees the calls of its model. */
export interface CallObserver {
  /** Runs a call as part of the run. */
  within<Result>(call: () => Result): Result;
  /** Told of every attempt before it is made, and of what may abort it. */
  onStart(abortSignal: AbortSignal | undefined): void;
  /** Told of an attempt that failed: rejected, or by an error within its stream. */
  onError(error: unknown): void;
}

/**
 * The same model, still of its own class, whose calls are made as part of a run. Both methods of Mastra's models return a
 * stream.
 */
export function modelWithinRun<Model>(
  model: Model,
  observer: CallObserver,
  compressing: CompressingModels | undefined,
): Model {
  const inner = model as unknown as LanguageModelLike;
  const make = (method: 'doGenerate' | 'doStream') => (options: Call) =>
    observer.within(async () => {
      observer.onStart(options['abortSignal'] as AbortSignal | undefined);
      try {
        const call =
          compressing === undefined ? callOf(inner, method)(options) : compressing.call(inner, method, options);
        return observed(await call, observer);
      } catch (error) {
        observer.onError(error);
        throw error;
      }
    });
  const methods: Readonly<Record<PropertyKey, unknown>> = {
    doGenerate: make('doGenerate'),
    doStream: make('doStream'),
  };
  // Mastra asks for instances of its own classes, which have private members.
  return new Proxy(inner, {
    get(target, key) {
      if (Object.hasOwn(methods, key)) return methods[key];
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  }) as unknown as Model;
}

function observed(result: unknown, observer: CallObserver): unknown {
  const { stream } = result as { readonly stream?: unknown };
  if (!(stream instanceof ReadableStream)) return result;
  return {
    ...(result as object),
    stream: observeStream(stream as ReadableStream<unknown>, {
      onFirstChunk: () => {},
      onEnd: ({ error }) => {
        if (error !== undefined) observer.onError(error);
      },
    }),
  };
}
