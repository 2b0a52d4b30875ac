import { createOpenAI } from '@ai-sdk/openai';
import { startOpenAIServer } from './openai-server.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A model, and where it is. */
export interface Endpoint {
  readonly model: ReturnType<ReturnType<typeof createOpenAI>>;
  /** For a person: who answers, and where. */
  readonly description: string;
  readonly baseUrl: string;
  close(): Promise<void>;
}

export interface EndpointOptions {
  readonly environment: Environment;
  readonly fetch: typeof globalThis.fetch;
  /** Whether someone watches, so that a script is told at the speed of a model. */
  readonly isWatched: boolean;
}

/** What the environment asks for and can not have. The message is for a person. */
export class EndpointError extends Error {
  override readonly name = 'EndpointError';
}

/** The endpoint that the environment names, or else the scripted one, started for the occasion. */
export async function openEndpoint({ environment, fetch, isWatched }: EndpointOptions): Promise<Endpoint> {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl, OPENAI_MODEL: modelId, DEMO_FAST: fast } = environment;
  if (apiKey) {
    const url = baseUrl || 'https://api.openai.com/v1';
    const openai = createOpenAI({ apiKey, baseURL: url, fetch });
    return real(openai(modelId || 'gpt-5'), url);
  }
  if (baseUrl) {
    if (!modelId) throw new EndpointError(`Set OPENAI_MODEL to the name of a model that ${baseUrl} serves.`);
    const openai = createOpenAI({ apiKey: 'none', baseURL: baseUrl, fetch });
    return real(openai.chat(modelId), baseUrl);
  }
  const server = await startOpenAIServer({ paced: fast === undefined ? isWatched : fast === '0' });
  const openai = createOpenAI({ apiKey: 'scripted', baseURL: server.baseUrl, fetch });
  return {
    model: openai(modelId || 'gpt-5'),
    description: 'No OPENAI_API_KEY is set: a scripted model answers, over HTTP on this machine. All else is real.',
    baseUrl: server.baseUrl,
    close: () => server.close(),
  };
}

function real(model: Endpoint['model'], baseUrl: string): Endpoint {
  return { model, baseUrl, description: `${model.modelId} answers, at ${baseUrl}.`, close: () => Promise.resolve() };
}
