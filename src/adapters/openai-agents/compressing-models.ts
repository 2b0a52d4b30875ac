import { withinCompressedCall } from '../../hooks/call-scope.ts';
import type { HeadroomModelOptions } from '../../model/headroom-model.ts';
import type { CallEnd, CallOptions, LanguageModelLike } from '../../model/language-model.ts';
import { providerFamilyOf } from '../../model/provider-family.ts';
import { ModelsByName } from '../runs/models-by-name.ts';
import { fieldOf, textAt } from '../field-of.ts';
import type { AgentsModel, AgentsModelProvider, AgentsModelRequest } from './agents-sdk.ts';
import { endOfResponse } from './end-of-response.ts';
import { eventsOf, partsOf, type EventPart } from './event-parts.ts';

/** Who serves a model and which it is, for events, token counts and prices. */
export interface ModelName {
  readonly provider?: string | undefined;
  readonly modelId?: string | undefined;
}

/** In a call's options: the SDK's own call. */
const CALL = Symbol('headroom.call');

interface SdkCall {
  readonly getResponse: (input: readonly unknown[]) => Promise<unknown>;
  readonly getStreamedResponse: (input: readonly unknown[]) => AsyncIterable<unknown>;
}

type Options = CallOptions & { readonly [CALL]: SdkCall };

interface Responded extends CallEnd {
  readonly response: unknown;
}

/** Names of models of ours: what they wrap may keep its own to itself. */
const names = new WeakMap<object, FullName>();

interface FullName extends ModelName {
  readonly provider: string;
  readonly modelId: string;
}

/** The provider and the id of a model of the SDK, `unknown` where neither it nor its name says. */
export function nameOfModel(model: unknown, name: ModelName = {}): FullName {
  const known = typeof model === 'object' && model !== null ? names.get(model) : undefined;
  // Those of OpenAI's Responses API know their names; those of Chat Completions and of `aisdk()` keep them to themselves.
  const modelId = name.modelId ?? known?.modelId ?? textAt(model, '_model') ?? textAt(model, 'model') ?? 'unknown';
  const provider = name.provider ?? known?.provider ?? providerFamilyOf({ provider: 'unknown', modelId });
  return { provider, modelId };
}

/**
 * Makes models of the SDK whose tool results are compressed before each call. Each name of a model has one
 * `HeadroomModel`, which reads the SDK's own items, measures, and tells the events; the call itself is the SDK's.
 */
export class CompressingModels {
  private readonly models: ModelsByName;
  private readonly beforeCall: () => Promise<void> | undefined;

  /** `beforeCall` may keep a call from being made, by a rejection. */
  constructor(options: HeadroomModelOptions, beforeCall: () => Promise<void> | undefined) {
    this.models = new ModelsByName(options);
    this.beforeCall = beforeCall;
  }

  /** The same model, of its own class and with all its members, that compresses. */
  wrap<Model extends AgentsModel>(model: Model, name: ModelName = {}): Model {
    const full = nameOfModel(model, name);
    const methods: Readonly<Record<PropertyKey, unknown>> = {
      getResponse: (request: AgentsModelRequest) => this.getResponse(model, full, request),
      getStreamedResponse: (request: AgentsModelRequest) => this.getStreamedResponse(model, full, request),
    };
    const wrapped = withMethods(model, methods);
    names.set(wrapped, full);
    return wrapped;
  }

  /** The same provider, whose models compress. */
  wrapProvider<Provider extends AgentsModelProvider>(provider: Provider): Provider {
    const getModel = async (modelName?: string): Promise<unknown> => {
      const model = await provider.getModel(modelName);
      return isModel(model) ? this.wrap(model, { modelId: modelName }) : model;
    };
    return withMethods(provider, { getModel });
  }

  private async getResponse(model: AgentsModel, name: FullName, request: AgentsModelRequest): Promise<unknown> {
    await this.beforeCall();
    const options = optionsOf(model, request);
    const { response } = (await this.models.of({ ...MODEL, ...name }).doGenerate(options as never)) as Responded;
    return response;
  }

  private async *getStreamedResponse(model: AgentsModel, name: FullName, request: AgentsModelRequest): AsyncGenerator {
    await this.beforeCall();
    const options = optionsOf(model, request);
    const { stream } = (await this.models.of({ ...MODEL, ...name }).doStream(options as never)) as {
      readonly stream: ReadableStream<EventPart>;
    };
    yield* eventsOf(stream);
  }
}

/** Stands where a model of the AI SDK would. */
export const MODEL: LanguageModelLike = {
  specificationVersion: 'v4',
  provider: 'unknown',
  modelId: 'unknown',
  supportedUrls: {},
  doGenerate: async ({ [CALL]: call, prompt }: Options): Promise<Responded> => {
    const response = await withinCompressedCall(() => call.getResponse(prompt));
    return { ...endOfResponse(response), response };
  },
  doStream: async ({ [CALL]: call, prompt }: Options) => ({
    stream: withinCompressedCall(() => partsOf(call.getStreamedResponse(prompt))),
  }),
};

function optionsOf(model: AgentsModel, request: AgentsModelRequest): Options {
  const { input, tools, signal, modelSettings, systemInstructions: instructions } = request;
  const items = typeof input === 'string' ? [{ role: 'user', content: input }] : input;
  const requestWith = (compressed: readonly unknown[]): never =>
    (compressed === items ? request : { ...request, input: compressed }) as never;
  return {
    prompt: items,
    tools,
    abortSignal: signal,
    outside: { instructions },
    // What asks a provider to drop old results.
    providerOptions: {
      model: {
        truncation: fieldOf(modelSettings, 'truncation'),
        contextManagement: fieldOf(modelSettings, 'contextManagement'),
      },
    },
    [CALL]: {
      getResponse: (compressed) => model.getResponse(requestWith(compressed)),
      getStreamedResponse: (compressed) => model.getStreamedResponse(requestWith(compressed)),
    },
  };
}

function isModel(value: unknown): value is AgentsModel {
  return (
    typeof fieldOf(value, 'getResponse') === 'function' && typeof fieldOf(value, 'getStreamedResponse') === 'function'
  );
}

/** The same object but for these methods. The SDK's classes have private members, so that all else is called on it itself. */
function withMethods<Target extends object>(target: Target, methods: Readonly<Record<PropertyKey, unknown>>): Target {
  return new Proxy(target, {
    get(inner, key) {
      if (Object.hasOwn(methods, key)) return methods[key];
      const value: unknown = Reflect.get(inner, key);
      return typeof value === 'function' ? value.bind(inner) : value;
    },
  });
}
