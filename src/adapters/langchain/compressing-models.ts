import { HeadroomModel, type HeadroomModelOptions } from '../../model/headroom-model.ts';
import type { CallEnd, CallOptions, LanguageModelLike } from '../../model/language-model.ts';
import { endOfCall } from './end-of-call.ts';
import { fieldOf, type ModelCallRequest } from './model-call-request.ts';
import { nameOfModel, type NamedModel } from './name-of-model.ts';
import { withOwnArguments } from './with-own-arguments.ts';

/** Models that are remembered by name; the oldest goes first. */
const MOST_MODELS = 100;

/** In a call's options: how LangChain makes it. */
const SEND = Symbol('headroom.send');

type Send = (messages: readonly object[]) => Promise<unknown>;
type Options = CallOptions & { readonly [SEND]: Send };

interface Sent extends CallEnd {
  readonly answer: unknown;
}

/**
 * Calls LangChain's models with their tool results compressed. Each name of a model has one `HeadroomModel`, which reads
 * LangChain's own messages, measures, and tells the events; the call itself is LangChain's.
 */
export class CompressingModels {
  private readonly options: HeadroomModelOptions;
  private readonly byName = new Map<string, HeadroomModel>();

  constructor(options: HeadroomModelOptions) {
    this.options = options;
  }

  async call<Answer>(
    request: ModelCallRequest,
    send: (messages: readonly object[]) => Answer | Promise<Answer>,
  ): Promise<Answer> {
    const { messages, tools, model, modelSettings, runtime } = request;
    const options: Options = {
      prompt: messages,
      tools,
      abortSignal: runtime?.signal,
      providerOptions: whatDropsResults(model, modelSettings),
      [SEND]: async (compressed) => send(withOwnArguments(compressed, messages)),
    };
    const { answer } = (await this.of(nameOfModel(model)).doGenerate(options as never)) as Sent;
    return answer as Answer;
  }

  private of({ provider, modelId }: NamedModel): HeadroomModel {
    const name = JSON.stringify([provider, modelId]);
    const known = this.byName.get(name);
    if (known !== undefined) return known;
    const compressing = new HeadroomModel({ ...MODEL, provider, modelId }, this.options);
    this.byName.set(name, compressing);
    const oldest = this.byName.size > MOST_MODELS ? this.byName.keys().next().value : undefined;
    if (oldest !== undefined) this.byName.delete(oldest);
    return compressing;
  }
}

/** Stands where a model of the AI SDK would. */
export const MODEL: LanguageModelLike = {
  specificationVersion: 'v4',
  provider: 'unknown',
  modelId: 'unknown',
  supportedUrls: {},
  doGenerate: async ({ [SEND]: send, prompt }: Options): Promise<Sent> => {
    const answer = await send(prompt as readonly object[]);
    return { ...endOfCall(answer), answer };
  },
  doStream: () => Promise.reject(new Error('LangChain streams by itself.')),
};

/** Settings by which a provider is asked to drop old results, where LangChain keeps them. */
function whatDropsResults(model: unknown, settings: unknown): Readonly<Record<string, unknown>> {
  const truncation = fieldOf(settings, 'truncation') ?? fieldOf(fieldOf(model, 'modelKwargs'), 'truncation');
  const contextManagement =
    fieldOf(settings, 'context_management') ??
    fieldOf(model, 'contextManagement') ??
    fieldOf(fieldOf(model, 'invocationKwargs'), 'context_management');
  return { model: { truncation: truncation ?? fieldOf(model, 'truncation'), contextManagement } };
}
