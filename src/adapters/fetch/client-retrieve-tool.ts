import type { HeadroomEvents } from '../../events/bus.ts';
import type { Clock } from '../../events/clock.ts';
import { currentRun } from '../../hooks/run-scope.ts';
import type { RetrievalRequest } from '../../retrieval/answer-retrieval.ts';
import {
  createRetrieveTool,
  RETRIEVE_TOOL_DESCRIPTION,
  RETRIEVE_TOOL_NAME,
  retrieveToolJsonSchema,
} from '../../retrieval/retrieve-tool.ts';
import type { RetrievalStore } from '../../retrieval/store.ts';

interface ObjectSchema {
  readonly [key: string]: unknown;
  type: 'object';
  required: string[];
}

/** `headroom_retrieve` for clients: a definition in the shape of each API, and what answers a call of it. */
export interface ClientRetrieveTool {
  readonly name: typeof RETRIEVE_TOOL_NAME;
  /** For `chat.completions`, its `runTools()` included. */
  readonly chat: {
    readonly type: 'function';
    readonly function: {
      name: string;
      description: string;
      parameters: Record<string, unknown>;
      parse: (text: string) => RetrievalRequest;
      function: (input: RetrievalRequest) => Promise<string>;
    };
  };
  /** For `responses`. */
  readonly responses: {
    readonly type: 'function';
    name: string;
    description: string;
    parameters: Record<string, unknown>;
    strict: false;
  };
  /** For `messages` of Anthropic, its `toolRunner()` included. */
  readonly messages: {
    readonly type: 'custom';
    name: string;
    description: string;
    input_schema: ObjectSchema;
    parse: (input: unknown) => RetrievalRequest;
    run: (input: RetrievalRequest) => Promise<string>;
  };
  /**
   * What to answer a call with: its arguments as JSON text (OpenAI) or as an object (Anthropic). Resolves to a text for
   * the model, also where it asked for nonsense. Never rejects.
   */
  readonly answer: (input: unknown) => Promise<string>;
}

export interface ClientRetrieveToolOptions {
  readonly events: HeadroomEvents;
  readonly store: RetrievalStore;
  readonly scope: string;
  readonly clock: Clock;
}

/** The functions in the definitions are for the clients' tool runners; none of them is ever sent. */
export function createClientRetrieveTool(options: ClientRetrieveToolOptions): ClientRetrieveTool {
  const { execute } = createRetrieveTool({ ...options, run: currentRun });
  const about = { name: RETRIEVE_TOOL_NAME, description: RETRIEVE_TOOL_DESCRIPTION } as const;
  return {
    name: RETRIEVE_TOOL_NAME,
    chat: {
      type: 'function',
      function: { ...about, parameters: retrieveToolJsonSchema(), parse: requestOf, function: execute },
    },
    responses: { type: 'function', ...about, parameters: retrieveToolJsonSchema(), strict: false },
    messages: {
      type: 'custom',
      ...about,
      input_schema: retrieveToolJsonSchema() as unknown as ObjectSchema,
      parse: requestOf,
      run: execute,
    },
    answer: (input) => execute(requestOf(input)),
  };
}

/** Arguments that are no JSON are answered as any other that make no sense. */
function requestOf(input: unknown): RetrievalRequest {
  if (typeof input !== 'string') return input as RetrievalRequest;
  try {
    return JSON.parse(input) as RetrievalRequest;
  } catch {
    return {} as RetrievalRequest;
  }
}
