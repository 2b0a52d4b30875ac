import { HeadroomModel, type HeadroomModelOptions } from '../../model/headroom-model.ts';
import type { LanguageModelLike } from '../../model/language-model.ts';
import { CompressingModels, type Call } from '../runs/compressing-models.ts';
import { NO_MODEL } from '../runs/no-model.ts';

/** A middleware as `wrapLanguageModel` of ai 6 and of ai 7 takes them. */
export interface HeadroomMiddleware {
  readonly specificationVersion: 'v3';
  readonly wrapGenerate: <Result>(call: {
    readonly doGenerate: () => PromiseLike<Result>;
    readonly params: object;
    readonly model: LanguageModelLike;
  }) => Promise<Result>;
  readonly wrapStream: <Result>(call: {
    readonly doStream: () => PromiseLike<Result>;
    readonly params: object;
    readonly model: LanguageModelLike;
  }) => Promise<Result>;
}

/**
 * Does what a `HeadroomModel` does, where models are made of middleware: `wrapLanguageModel({ model, middleware:
 * headroomMiddleware({ events }) })`, `wrapProvider` or a provider registry. One may serve any number of models. Behind
 * or before a `HeadroomModel` a call is compressed, and told of, once.
 *
 * What it wraps is a model of the AI SDK's own making, so that no agent adds `headroom_retrieve` by itself: give it
 * `hooks.tools`, without which nothing is left out.
 *
 * Throws a `HeadroomError` for options that can not work.
 */
export function headroomMiddleware(options: HeadroomModelOptions = {}): HeadroomMiddleware {
  // All models are on one bus and have one store, given or not.
  const { events } = new HeadroomModel(NO_MODEL, options);
  const models = new CompressingModels({ ...options, events });
  return {
    specificationVersion: 'v3',
    wrapGenerate: async <Result>({ params, model }: { readonly params: object; readonly model: LanguageModelLike }) =>
      (await models.call(model, 'doGenerate', params as Call)) as Result,
    wrapStream: async <Result>({ params, model }: { readonly params: object; readonly model: LanguageModelLike }) =>
      (await models.call(model, 'doStream', params as Call)) as Result,
  };
}
