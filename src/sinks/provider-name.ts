/** Names of the AI SDK's providers, longest first where one begins another, and what OpenTelemetry calls them. */
const NAMES: readonly (readonly [prefix: string, name: string])[] = [
  ['amazon-bedrock', 'aws.bedrock'],
  ['anthropic', 'anthropic'],
  ['azure', 'azure.ai.openai'],
  ['bedrock', 'aws.bedrock'],
  ['cohere', 'cohere'],
  ['deepseek', 'deepseek'],
  ['google.vertex', 'gcp.vertex_ai'],
  ['google-vertex', 'gcp.vertex_ai'],
  ['vertex', 'gcp.vertex_ai'],
  ['google', 'gcp.gemini'],
  ['groq', 'groq'],
  ['mistral', 'mistral_ai'],
  ['moonshotai', 'moonshot_ai'],
  ['openai', 'openai'],
  ['perplexity', 'perplexity'],
  ['xai', 'x_ai'],
];

/** With what the names of their parts begin with, put together once. */
const PROVIDERS = NAMES.map(([prefix, name]) => ({ prefix, start: `${prefix}.`, name }));

/** The `gen_ai.provider.name` of a provider of the AI SDK (`openai.responses` is `openai`); an unknown one keeps its name. */
export function genAiProviderName(provider: string): string {
  const known = PROVIDERS.find(({ prefix, start }) => provider === prefix || provider.startsWith(start));
  return known?.name ?? provider;
}
