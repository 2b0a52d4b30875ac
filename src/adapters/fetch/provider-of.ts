import type { ClientApi } from './client-call.ts';

/** Ends of the names of hosts, and who is behind them. */
const HOSTS: readonly (readonly [end: string, provider: string])[] = [
  ['anthropic.com', 'anthropic'],
  ['openai.com', 'openai'],
  ['azure.com', 'azure'],
  ['amazonaws.com', 'bedrock'],
  ['api.aws', 'bedrock'],
  ['generativelanguage.googleapis.com', 'google'],
  ['googleapis.com', 'vertex'],
  ['groq.com', 'groq'],
  ['mistral.ai', 'mistral'],
  ['deepseek.com', 'deepseek'],
  ['x.ai', 'xai'],
  ['perplexity.ai', 'perplexity'],
  ['moonshot.ai', 'moonshotai'],
  ['cohere.com', 'cohere'],
  ['openrouter.ai', 'openrouter'],
];

/** Who serves a request, in the AI SDK's words. For a host that is not known: who made the API that it speaks. */
export function providerOf(url: string, api: ClientApi): string {
  const host = hostOf(url);
  const known = HOSTS.find(([end]) => host === end || host.endsWith(`.${end}`));
  return known?.[1] ?? (api === 'messages' ? 'anthropic' : 'openai');
}

function hostOf(url: string): string {
  try {
    return new URL(url).hostname;
  } catch {
    return '';
  }
}
