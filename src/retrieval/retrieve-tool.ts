import type { HeadroomEvents } from '../events/bus.ts';
import type { Clock } from '../events/clock.ts';
import type { EventBase } from '../events/event.ts';
import { answerRetrieval, type RetrievalRequest } from './answer-retrieval.ts';
import { limitWaiting } from './limit-waiting.ts';
import type { RetrievalStore } from './store.ts';

/** The name under which a call has to offer the tool for the model to be able to ask for originals. */
export const RETRIEVE_TOOL_NAME = 'headroom_retrieve';

export const RETRIEVE_TOOL_DESCRIPTION =
  'Reads what was left out of an earlier tool result. Where a result says that rows, lines or values were left out, call ' +
  'this with the id given there. Narrow it with "rows", "lines", "path" or "query" when you do not need all of it. ' +
  'Ids come from such notices only.';

/** JSON Schema (draft-07) of the tool's input. A new object each time: hosts write into it. */
export function retrieveToolJsonSchema(): Record<string, unknown> {
  return {
    type: 'object',
    properties: {
      id: { type: 'string', description: 'The id in the notice.' },
      rows: { type: 'string', description: 'Rows to read, counted from 1, such as "12-480" or "3, 12-20".' },
      lines: { type: 'string', description: 'Lines to read, counted from 1, such as "33-210".' },
      path: {
        type: 'string',
        description: 'Where in a JSON document to read, such as "items[3].status". The first item of a list is [0].',
      },
      query: {
        type: 'string',
        description: 'Words to look for: only rows, lines or values that hold them are returned.',
      },
    },
    required: ['id'],
    additionalProperties: false,
  };
}

/** What the AI SDK takes for a schema: a Standard Schema that also tells its JSON Schema. */
export interface RetrieveToolSchema {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly types?: { readonly input: unknown; readonly output: RetrievalRequest } | undefined;
    readonly validate: (value: unknown) => { readonly value: RetrievalRequest };
    readonly jsonSchema: {
      readonly input: () => Record<string, unknown>;
      readonly output: () => Record<string, unknown>;
    };
  };
}

/** A tool as ai 6 and ai 7 take it: `tools: { ...myTools, headroom_retrieve: tool }`. */
export interface RetrieveTool {
  readonly description: string;
  readonly inputSchema: RetrieveToolSchema;
  /** Resolves to a text for the model. Never rejects. */
  readonly execute: (input: RetrievalRequest) => Promise<string>;
}

export interface RetrieveToolOptions {
  readonly store: RetrievalStore;
  readonly scope: string;
  readonly events: HeadroomEvents;
  readonly clock?: Pick<Clock, 'monotonicMs'> | undefined;
  /** The run that asks. */
  readonly run?: (() => Omit<EventBase, 'id' | 'time'> | undefined) | undefined;
}

/** The tool that answers from this store and emits `retrieval.end` for every answer. */
export function createRetrieveTool(options: RetrieveToolOptions): RetrieveTool {
  const { store, scope, events, clock = { monotonicMs: () => performance.now() }, run } = options;
  return {
    description: RETRIEVE_TOOL_DESCRIPTION,
    inputSchema: {
      '~standard': {
        version: 1,
        vendor: 'headroom-hooks',
        // Whatever a model sends gets an answer that helps it on, which a failed validation would not be.
        validate: (value) => ({ value: value as RetrievalRequest }),
        jsonSchema: { input: retrieveToolJsonSchema, output: retrieveToolJsonSchema },
      },
    },
    async execute(input) {
      const startedMs = clock.monotonicMs();
      const { runId, parentRunId, sessionId, agent } = run?.() ?? {};
      const answer = await answerRetrieval(input, {
        store: limitWaiting(store),
        scope,
        onError: (error) => events.fault('store', 'An original could not be read.', error, { runId }),
      });
      events.emit('retrieval.end', () => ({
        runId,
        parentRunId,
        sessionId,
        agent,
        outcome: answer.outcome,
        tokens: Math.ceil(answer.text.length / 4),
        durationMs: clock.monotonicMs() - startedMs,
      }));
      return answer.text;
    },
  };
}
