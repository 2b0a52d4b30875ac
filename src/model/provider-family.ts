/** Who serves a model, in the words of the `gen_ai.provider.name` convention where it has one. */
export type ProviderFamily =
  | 'openai'
  | 'anthropic'
  | 'aws.bedrock'
  | 'gcp.gemini'
  | 'gcp.vertex_ai'
  | 'groq'
  | 'mistral_ai'
  | 'ollama'
  | 'unknown';

/** First the most specific: `bedrock.anthropic.messages` is Bedrock's, `google.vertex.chat` is Vertex's. */
const FAMILIES: readonly (readonly [part: string, family: ProviderFamily])[] = [
  ['bedrock', 'aws.bedrock'],
  ['vertex', 'gcp.vertex_ai'],
  ['google', 'gcp.gemini'],
  ['gemini', 'gcp.gemini'],
  ['anthropic', 'anthropic'],
  ['groq', 'groq'],
  ['mistral', 'mistral_ai'],
  ['ollama', 'ollama'],
  ['openai', 'openai'],
];

const MODEL_FAMILIES: readonly (readonly [part: string, family: ProviderFamily])[] = [
  ['claude', 'anthropic'],
  ['gemini', 'gcp.gemini'],
  ['gpt-', 'openai'],
  ['mistral', 'mistral_ai'],
];

/**
 * The family of a model by its `provider` string (`anthropic.messages`, `openai.responses`, ...), and by its id where a
 * gateway serves it. Never by the class's name, which bundlers change.
 */
export function providerFamilyOf(model: { readonly provider: string; readonly modelId: string }): ProviderFamily {
  const provider = model.provider.toLowerCase();
  const modelId = model.modelId.toLowerCase();
  return (
    FAMILIES.find(([part]) => provider.includes(part))?.[1] ??
    MODEL_FAMILIES.find(([part]) => modelId.includes(part))?.[1] ??
    'unknown'
  );
}
