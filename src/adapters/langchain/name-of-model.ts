import { fieldOf, textAt } from './model-call-request.ts';

export interface NamedModel {
  readonly provider: string;
  readonly modelId: string;
}

/** What LangChain's integrations call a provider, where the AI SDK calls it otherwise. */
const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ['amazon_bedrock', 'amazon-bedrock'],
  ['bedrock', 'amazon-bedrock'],
  ['chatgooglegenerativeai', 'google'],
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
    const named = textAt(inner, 'model') ?? textAt(inner, 'modelName') ?? textAt(asked, 'model');
    const [prefix, rest] = splitName(named);
    const provider = textAt(asked, 'modelProvider') ?? prefix ?? textAt(told, 'ls_provider') ?? 'unknown';
    const name = provider.toLowerCase();
    return {
      provider: PROVIDERS.get(name) ?? name,
      modelId: textAt(told, 'ls_model_name') ?? (prefix === undefined ? named : rest) ?? 'unknown',
    };
  } catch {
    return { provider: 'unknown', modelId: 'unknown' };
  }
}

function toldToTracers(model: unknown): unknown {
  const tell = fieldOf(model, 'getLsParams');
  return typeof tell === 'function' ? tell.call(model, {}) : undefined;
}

/** `openai:gpt-5` names both. Ids of Bedrock and Ollama hold a colon too, behind a version or a name with a dot or dash. */
function splitName(name: string | undefined): readonly [provider: string | undefined, model: string | undefined] {
  const at = name?.indexOf(':') ?? -1;
  const prefix = name?.slice(0, at);
  const isProvider = at > 0 && prefix !== undefined && /^[a-z_]+$/.test(prefix) && prefix !== 'llama';
  return isProvider ? [prefix, name?.slice(at + 1)] : [undefined, name];
}
