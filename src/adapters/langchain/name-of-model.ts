import { fieldOf, textAt } from '../field-of.ts';

export interface NamedModel {
  readonly provider: string;
  readonly modelId: string;
}

/** What LangChain's integrations call a provider, where the AI SDK calls it otherwise. */
const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ['amazon_bedrock', 'amazon-bedrock'],
  ['bedrock', 'amazon-bedrock'],
  ['azure_openai', 'azure'],
  ['azureopenai', 'azure'],
  ['google_genai', 'google'],
  ['google-genai', 'google'],
  ['googlegenerativeai', 'google'],
  ['google_vertexai', 'google-vertex'],
  ['google-vertexai', 'google-vertex'],
  ['mistralai', 'mistral'],
]);

/** Bindings and retries around a model that are looked into. */
const MOST_LAYERS = 10;

/** The provider and the id of a chat model, `unknown` where it does not say. Never throws. */
export function nameOfModel(model: unknown): NamedModel {
  try {
    let inner = model;
    // `model.bind()`, `withRetry()` and `withConfig()` put a binding around the model.
    for (let layer = 0; layer < MOST_LAYERS && fieldOf(inner, 'bound') !== undefined; layer += 1) {
      inner = fieldOf(inner, 'bound');
    }
    // What a model tells LangSmith, and how `initChatModel` remembers what it was asked for.
    const told = toldToTracers(inner);
    const asked = fieldOf(inner, '_defaultConfig');
    const provider = (textAt(asked, 'modelProvider') ?? textAt(told, 'ls_provider') ?? 'unknown').toLowerCase();
    const named = textAt(told, 'ls_model_name') ?? textAt(inner, 'model') ?? textAt(inner, 'modelName');
    return {
      provider: PROVIDERS.get(provider) ?? provider,
      modelId: named ?? textAt(asked, 'model') ?? 'unknown',
    };
  } catch {
    return { provider: 'unknown', modelId: 'unknown' };
  }
}

function toldToTracers(model: unknown): unknown {
  const tell = fieldOf(model, 'getLsParams');
  return typeof tell === 'function' ? tell.call(model, {}) : undefined;
}
