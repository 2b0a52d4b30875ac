export type Fields = Readonly<Record<string, unknown>>;

/** A tool that the model asks for. */
export interface WireToolCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** What the model says in one turn, in this order: reasoning, redacted reasoning, a server tool's work, text, tool calls. */
export interface WireAnswer {
  readonly reasoning?: string;
  /** Anthropic and Bedrock have it: opaque data that has to come back as it was. */
  readonly redactedReasoning?: string;
  /** What a tool that the provider runs by itself printed, where the protocol has such tools. */
  readonly serverToolOutput?: string;
  readonly text?: string;
  readonly toolCalls?: readonly WireToolCall[];
  readonly usage?: { readonly input: number; readonly output: number; readonly cached?: number };
  /** The usage in the protocol's own words, instead of `usage`; `null` leaves it out of the answer. */
  readonly wireUsage?: Fields | null;
  /**
   * How a streamed answer goes on after its content: to its end, into the protocol's own error event, into a broken
   * connection, or nowhere until the client goes away. A broken connection breaks an answer that is not streamed too.
   */
  readonly ending?: 'finish' | 'error-event' | 'disconnect' | 'hang';
  readonly chunkDelayMs?: number;
}

/** What one request gets. */
export type WireStep =
  | WireAnswer
  | { readonly errorStatus: number; readonly message: string }
  /** Not a byte until the client goes away. */
  | { readonly silent: true };

/** A request as the server saw it. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The very bytes of the body. */
  readonly text: string;
  readonly body: WireBody;
}

export interface WireBody {
  readonly model: string;
  readonly stream?: boolean;
  readonly include?: readonly string[];
  readonly stream_options?: { readonly include_usage?: boolean };
  readonly tools?: readonly unknown[];
  readonly messages?: readonly unknown[];
  readonly input?: readonly unknown[];
  readonly contents?: readonly unknown[];
}

/** A list gives its steps in the order of the requests; a function chooses by what the request says. */
export type WireScenario = readonly WireStep[] | ((request: WireRequest, requestIndex: number) => WireStep);

/** An answer in one protocol: the body that is not streamed, and the events that are. */
export interface RenderedAnswer {
  readonly body: unknown;
  readonly events: readonly WireEvent[];
  /** The protocol's way to say that it failed in the middle of a stream. */
  readonly errorEvent: WireEvent;
  /** What follows the content when all is well. */
  readonly endEvents: readonly WireEvent[];
}

export interface WireEvent {
  /** Protocols with named events say the type twice, here and in the data. */
  readonly event?: string;
  readonly data: unknown;
  /** Amazon's event streams alone tell exceptions from events. */
  readonly isException?: boolean;
}

/** How a protocol puts events into the body of a streamed answer. */
export interface WireFraming {
  readonly contentType: string;
  readonly encode: (event: WireEvent) => string | Uint8Array;
}

/** What a provider's API says and hears over HTTP. */
export interface WireProtocol {
  /** Which paths it serves, without the query. */
  readonly path: RegExp;
  readonly framing: WireFraming;
  readonly isStreaming: (request: WireRequest) => boolean;
  readonly render: (answer: WireAnswer, turn: number, body: WireBody) => RenderedAnswer;
  /** The message or item with every tool-result text in it gone through `map`, in the same order of keys. */
  readonly mapToolResults: (message: Fields, map: (text: string) => string) => Fields;
  /** The body of an answer that says no. @default as OpenAI and Anthropic say it */
  readonly renderError?: (status: number, message: string) => unknown;
}

/** Splits text into a few pieces, as a model's chunks are. */
export function chunksOf(text: string, count = 3): readonly string[] {
  const size = Math.max(1, Math.ceil(text.length / count));
  const chunks: string[] = [];
  for (let start = 0; start < text.length; start += size) chunks.push(text.slice(start, start + size));
  return chunks;
}

export const DEFAULT_USAGE = { input: 100, output: 10, cached: 0 };
