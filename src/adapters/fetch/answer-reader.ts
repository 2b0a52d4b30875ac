import type { CallEnd } from '../../model/language-model.ts';
import { answerMessages } from './answer-messages.ts';
import { readChatAnswer } from './read-chat-answer.ts';
import { readMessagesAnswer } from './read-messages-answer.ts';
import { readResponsesAnswer } from './read-responses-answer.ts';
import type { ClientApi } from './client-call.ts';
import { EventData, LARGEST_ANSWER_CHARS } from './event-data.ts';
import { NamedError } from './named-error.ts';
import { createStreamedAnswer, type StreamedAnswer } from './streamed-answer.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** What one JSON body, or one event of a stream, tells of a call. */
export interface AnswerFacts {
  /** As spec v3 of a language model has it. */
  readonly usage?: unknown;
  /** In the AI SDK's words. */
  readonly finishReason?: string | undefined;
  /** The provider's name of an error. */
  readonly errorName?: string | undefined;
  /** Whether it carries something of the answer. */
  readonly hasContent?: boolean | undefined;
  /** Whether nothing of the answer can follow. */
  readonly isLast?: boolean | undefined;
}

const READERS: Readonly<Record<ClientApi, (data: Fields) => AnswerFacts>> = {
  chat: readChatAnswer,
  responses: readResponsesAnswer,
  messages: readMessagesAnswer,
};

/** Events of a stream that are looked into, by what stands in their text: parsing each would cost as much as the client does. */
const TELLING =
  /"usage"|"finish_reason"|"stop_reason"|"error"|"message_stop"|"response\.(?:completed|incomplete|failed)"/;

/** Reads what an answer tells of its call while its bytes go by. Never throws. */
export class AnswerReader {
  readonly isStream: boolean;
  readonly #read: (data: Fields) => AnswerFacts;
  readonly #decoder = new TextDecoder();
  readonly #events = new EventData((data) => this.#readEvent(data));
  readonly #onFirstChunk: () => void;
  readonly #isJson: boolean;
  #body: string[] = [];
  #bodyChars = 0;
  #hasContent = false;
  #result: CallEnd | undefined;
  #error: Error | undefined;
  #isComplete = false;
  readonly #streamed: StreamedAnswer | undefined;
  #parsed: unknown;

  /** With `keepsAnswer`, what was answered is there to be asked for. */
  constructor(
    api: ClientApi,
    contentType: string,
    { onFirstChunk, keepsAnswer }: { readonly onFirstChunk: () => void; readonly keepsAnswer: boolean },
  ) {
    this.#read = READERS[api];
    this.isStream = contentType.includes('text/event-stream');
    this.#isJson = /[/+]json\b/.test(contentType);
    this.#onFirstChunk = onFirstChunk;
    this.#streamed = keepsAnswer && this.isStream ? createStreamedAnswer(api) : undefined;
  }

  /** Usage and finish reason, as far as they are known. */
  get result(): CallEnd | undefined {
    return this.#result;
  }

  get error(): Error | undefined {
    return this.#error;
  }

  /** Whether nothing of the answer can follow. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** What was answered so far, as messages of the API. */
  get answer(): readonly unknown[] {
    return this.#streamed?.messages() ?? answerMessages(this.#parsed);
  }

  read(chunk: Uint8Array): void {
    try {
      if (!this.isStream && !this.#isJson) return;
      this.#readText(this.#decoder.decode(chunk, { stream: true }));
    } catch {
      // A chunk of another kind than bytes: what it says stays unknown.
    }
  }

  /** The body has come to its end. */
  finish(): void {
    if (!this.#isJson || this.#bodyChars > LARGEST_ANSWER_CHARS) return;
    this.#take(this.#body.join(''));
  }

  #readText(text: string): void {
    if (this.isStream) {
      this.#events.read(text);
      return;
    }
    this.#bodyChars += text.length;
    if (this.#bodyChars <= LARGEST_ANSWER_CHARS) this.#body.push(text);
    else this.#body = [];
  }

  #readEvent(data: string): void {
    if (data === '[DONE]') this.#isComplete = true;
    else if (!this.#hasContent || this.#streamed !== undefined || TELLING.test(data)) this.#take(data);
  }

  #take(text: string): void {
    let facts: AnswerFacts;
    try {
      const data = JSON.parse(text) as Fields;
      this.#parsed = this.isStream ? undefined : data;
      this.#streamed?.add(data);
      facts = this.#read(data);
    } catch {
      return;
    }
    const { usage, finishReason, errorName, hasContent = false, isLast = false } = facts;
    if (usage !== undefined) this.#result = { ...this.#result, usage: merged(this.#result?.usage, usage) };
    if (finishReason !== undefined) this.#result = { ...this.#result, finishReason };
    if (errorName !== undefined) this.#error ??= new NamedError(errorName);
    if (isLast) this.#isComplete = true;
    if (this.isStream && hasContent && !this.#hasContent) {
      this.#hasContent = true;
      this.#onFirstChunk();
    }
  }
}

/** Anthropic tells what was read first and what was written last: each field counts as it was told last. */
function merged(earlier: unknown, later: unknown): unknown {
  return { ...(earlier as Fields | undefined), ...(later as Fields) };
}
