import type { ReceivedResult, Turn } from './investigation.ts';

/** What the server has to know of a request, whichever of the two APIs it came by. */
export interface ReceivedRequest {
  readonly model: string;
  readonly streaming: boolean;
  /** Tools, instructions and every item of the conversation, in the order in which a provider caches them. */
  readonly promptParts: readonly string[];
  readonly results: readonly ReceivedResult[];
}

export interface Usage {
  readonly inputTokens: number;
  /** Part of the input tokens. */
  readonly cachedTokens: number;
  readonly outputTokens: number;
}

export interface Answer {
  /** Unique in the conversation; the ids of its parts are made from it. */
  readonly id: string;
  readonly model: string;
  readonly createdAtSeconds: number;
  readonly turn: Turn;
  readonly usage: Usage;
}

/** A request that the API answers with status 400. */
export class InvalidRequestError extends Error {
  override readonly name = 'InvalidRequestError';
}

/** One of the two ways to speak to OpenAI. */
export interface OpenAIWire {
  /** Throws an `InvalidRequestError` for a body that the API would refuse. */
  read(body: unknown): ReceivedRequest;
  write(answer: Answer): object;
  /** The server-sent events, in order, each with its data. */
  writeStream(answer: Answer): readonly ServerSentEvent[];
}

export interface ServerSentEvent {
  readonly event?: string;
  readonly data: object | '[DONE]';
  /** Whether it carries some of the words: those are sent at the speed of a model. */
  readonly paced?: boolean;
}

/** Pairs every result with the call that it answers, as the API demands. */
export function pairResults(
  calls: readonly { readonly id: string; readonly name: string }[],
  results: readonly { readonly callId: string; readonly text: string }[],
): readonly ReceivedResult[] {
  const names = new Map(calls.map(({ id, name }) => [id, name]));
  const answered = new Set(results.map(({ callId }) => callId));
  const open = calls.find(({ id }) => !answered.has(id));
  if (open !== undefined) throw new InvalidRequestError(`No tool output found for function call ${open.id}.`);
  return results.map(({ callId, text }) => {
    const toolName = names.get(callId);
    if (toolName === undefined) {
      throw new InvalidRequestError(`No tool call found for function call output with call_id ${callId}.`);
    }
    return { toolName, text };
  });
}

/** Words with the space that follows them, which is about how a model streams. */
export function splitIntoChunks(text: string): readonly string[] {
  return text.match(/\S+\s*/g) ?? [];
}
