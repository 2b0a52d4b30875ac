import { HeadroomStopError } from '../../hooks/stop-error.ts';
import type { LanguageModelLike } from '../../model/language-model.ts';

/** Stands for models that a host hands out later, to say how all of them are set. */
export const NO_MODEL: LanguageModelLike = {
  specificationVersion: 'v3',
  provider: 'none',
  modelId: 'none',
  supportedUrls: {},
  doGenerate: () => Promise.reject(new HeadroomStopError('It only says how models are set.')),
  doStream: () => Promise.reject(new HeadroomStopError('It only says how models are set.')),
};
