import { markCompressed } from '../../model/compressed-call.ts';
import type { HeadroomModelOptions } from '../../model/headroom-model.ts';
import type { LanguageModelLike } from '../../model/language-model.ts';
import { ModelsByName } from './models-by-name.ts';

export type Call = Readonly<Record<PropertyKey, unknown>>;
type DoCall = (options: Call) => PromiseLike<unknown>;

/** In a call's options: the model that it is for. */
const TARGET = Symbol('headroom.target');

/** Makes calls of models that a host hands out, a new object for each run perhaps, with their tool results compressed. */
export class CompressingModels {
  private readonly models: ModelsByName;

  constructor(options: HeadroomModelOptions) {
    this.models = new ModelsByName(options);
  }

  /** The call of this model, with its prompt compressed. */
  call(model: LanguageModelLike, method: 'doGenerate' | 'doStream', options: Call): PromiseLike<unknown> {
    return (this.models.of(passingOn(model))[method] as unknown as DoCall)({ ...options, [TARGET]: model });
  }
}

export function callOf(model: LanguageModelLike, method: 'doGenerate' | 'doStream'): DoCall {
  return (model[method] as unknown as DoCall).bind(model);
}

/** A model of the same name, which calls the one that a call is for. */
function passingOn({ specificationVersion, provider, modelId, supportedUrls }: LanguageModelLike): LanguageModelLike {
  const passOn =
    (method: 'doGenerate' | 'doStream') =>
    ({ [TARGET]: target, ...options }: Call) =>
      callOf(target as LanguageModelLike, method)(markCompressed(options));
  return {
    specificationVersion,
    provider,
    modelId,
    supportedUrls,
    doGenerate: passOn('doGenerate'),
    doStream: passOn('doStream'),
  };
}
