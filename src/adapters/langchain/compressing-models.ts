import type { HeadroomModelOptions } from '../../model/headroom-model.ts';
import type { CallEnd, CallOptions, LanguageModelLike } from '../../model/language-model.ts';
import { ModelsByName } from '../runs/models-by-name.ts';
import { endOfCall } from './end-of-call.ts';
import { fieldOf } from '../field-of.ts';
import type { ModelCallRequest } from './model-call-request.ts';
import { nameOfModel } from './name-of-model.ts';
import { withOwnArguments } from './with-own-arguments.ts';

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
  private readonly models: ModelsByName;

  constructor(options: HeadroomModelOptions) {
    this.models = new ModelsByName(options);
  }

  async call<Answer>(
    request: ModelCallRequest,
    send: (messages: readonly object[]) => Answer | Promise<Answer>,
  ): Promise<Answer> {
    const { messages, systemMessage, tools, model, modelSettings, runtime } = request;
    const options: Options = {
      prompt: messages,
      tools,
      abortSignal: runtime?.signal,
      outside: { instructions: fieldOf(systemMessage, 'content') },
      providerOptions: whatDropsResults(model, modelSettings),
      [SEND]: async (compressed) => send(withOwnArguments(compressed, messages)),
    };
    const { answer } = (await this.models.of({ ...MODEL, ...nameOfModel(model) }).doGenerate(options as never)) as Sent;
    return answer as Answer;
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
