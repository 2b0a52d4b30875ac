import { BoundedMap } from '../../bounded-map.ts';
import { HeadroomModel, type HeadroomModelOptions } from '../../model/headroom-model.ts';
import type { LanguageModelLike } from '../../model/language-model.ts';

/** Models that are remembered; the oldest goes first. */
const MOST_MODELS = 100;

/**
 * A `HeadroomModel` for each name of a model, where a host makes model objects anew: those of one name share what was
 * learnt of results that come again.
 */
export class ModelsByName {
  private readonly options: HeadroomModelOptions;
  private readonly models = new BoundedMap<HeadroomModel>(MOST_MODELS);

  constructor(options: HeadroomModelOptions) {
    this.options = options;
  }

  /** The one that was made first for the specification, the provider and the id of this model. */
  of(model: LanguageModelLike): HeadroomModel {
    const { specificationVersion, provider, modelId } = model;
    const name = JSON.stringify([specificationVersion, provider, modelId]);
    const known = this.models.get(name);
    if (known !== undefined) return known;
    const made = new HeadroomModel(model, this.options);
    this.models.set(name, made);
    return made;
  }
}
