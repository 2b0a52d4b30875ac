import { readToolResults } from '../../compression/read-tool-results.ts';
import type { CallOptions } from '../../model/language-model.ts';
import { providerOf } from './provider-of.ts';

/** The APIs whose bodies are known. */
export type ClientApi = 'chat' | 'responses' | 'messages';

/** A request to call a model, read. */
export interface ClientCall {
  readonly api: ClientApi;
  /** `vendor.api`, as the AI SDK has it: `openai.responses`. */
  readonly provider: string;
  readonly model: string;
  readonly streaming: boolean;
  /** Under which key of the body its list is. */
  readonly listKey: 'messages' | 'input';
  /**
   * Whether a result answers a call that is not in the request, because the provider keeps the conversation. It may be an
   * answer of `headroom_retrieve`, of which nothing may be left out again.
   */
  readonly hasUnknownCalls: boolean;
  readonly options: CallOptions;
}

type Fields = Readonly<Record<string, unknown>>;

/** No provider takes more; a longer body goes through unread. */
const LARGEST_BODY_CHARS = 64 * 1024 * 1024;

/** How the path of a request that calls a model ends. All else, such as batches, is none. */
const PATHS: readonly (readonly [end: RegExp, api: ClientApi])[] = [
  [/\/chat\/completions$/, 'chat'],
  [/\/responses$/, 'responses'],
  [/\/messages$/, 'messages'],
  // Claude on Bedrock and on Vertex AI, where the model is in the path.
  [/\/model\/[^/]+\/invoke(?:-with-response-stream)?$/, 'messages'],
  [/\/publishers\/anthropic\/models\/[^/]+:(?:rawPredict|streamRawPredict)$/, 'messages'],
];

const MODEL_IN_PATH = /\/(?:model|models|deployments)\/([^/]+?)(?::(?:rawPredict|streamRawPredict))?\//;

const STREAMING_PATH = /(?:-with-response-stream|:streamRawPredict)$/;

/** Whether a request is one that may call a model, by its method and the end of its path. */
export function apiOf(method: string, url: string): ClientApi | undefined {
  if (method.toUpperCase() !== 'POST') return undefined;
  const path = pathOf(url);
  return PATHS.find(([end]) => end.test(path))?.[1];
}

/** Reads a request; `undefined` for one that is not understood, which is then left alone. Never throws. */
export function readClientCall(
  request: {
    readonly api: ClientApi;
    readonly url: string;
    readonly body: string;
    readonly signal?: AbortSignal | undefined;
  },
  vendor: string | undefined,
): ClientCall | undefined {
  if (request.body.length > LARGEST_BODY_CHARS) return undefined;
  const body = parse(request.body);
  const listKey = request.api === 'responses' ? 'input' : 'messages';
  if (body === undefined) return undefined;
  const list = body[listKey];
  // A question may be a string in place of a list: nothing to compress, and a call all the same.
  const prompt = Array.isArray(list) ? (list as readonly unknown[]) : undefined;
  if (prompt === undefined && !(listKey === 'input' && (typeof list === 'string' || list === undefined)))
    return undefined;
  const path = pathOf(request.url);
  return {
    api: request.api,
    provider: `${vendor ?? providerOf(request.url, request.api)}.${request.api}`,
    model: typeof body['model'] === 'string' ? body['model'] : modelIn(path),
    streaming: body['stream'] === true || STREAMING_PATH.test(path),
    listKey,
    hasUnknownCalls: readToolResults(prompt ?? []).some(({ toolName }) => toolName === undefined),
    options: {
      prompt: prompt ?? [],
      tools: Array.isArray(body['tools']) ? body['tools'].map(namedTool) : undefined,
      abortSignal: request.signal,
      providerOptions: {
        body: { contextManagement: body['context_management'], truncation: body['truncation'] },
      },
      outside: {
        instructions: body['system'] ?? body['instructions'],
        question: typeof list === 'string' ? list : undefined,
      },
    },
  };
}

/** Each API names its tools in its own place. */
function namedTool(tool: unknown): unknown {
  if (!isFields(tool)) return tool;
  return isFields(tool['function']) ? { name: tool['function']['name'] } : { name: tool['name'] };
}

function parse(body: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isFields(value) && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function modelIn(path: string): string {
  const [, model] = MODEL_IN_PATH.exec(`${path}/`) ?? [];
  if (model === undefined) return 'unknown';
  try {
    return decodeURIComponent(model);
  } catch {
    return model;
  }
}

function pathOf(url: string): string {
  const [path = ''] = url.split(/[?#]/, 1);
  return path.replace(/\/$/, '');
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
