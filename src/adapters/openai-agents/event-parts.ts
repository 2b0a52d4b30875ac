import { AsyncLocalStorage } from 'node:async_hooks';
import type { StreamPart } from '../../model/language-model.ts';
import { fieldOf, textAt } from '../field-of.ts';
import { endOfResponse } from './end-of-response.ts';

/** An event of the SDK, and what it is as a part of the AI SDK's streams. */
export interface EventPart extends StreamPart {
  readonly event: unknown;
  /** Of text. */
  readonly delta?: unknown;
  /** The whole of it, at the end. */
  readonly response?: unknown;
}

/** Events of OpenAI's Responses API that say no more than that there will be an answer. */
const BEFORE_ANSWER: readonly unknown[] = ['response.created', 'response.queued', 'response.in_progress'];

/** The events of a model as parts, one by one as they are asked for. All of it is done where this is called. */
export function partsOf(events: AsyncIterable<unknown>): ReadableStream<EventPart> {
  const iterator = events[Symbol.asyncIterator]();
  const here = AsyncLocalStorage.snapshot();
  return new ReadableStream<EventPart>(
    {
      async pull(controller) {
        const { done, value } = await here(() => iterator.next());
        if (done === true) controller.close();
        else controller.enqueue(partOf(value));
      },
      async cancel() {
        await here(() => iterator.return?.());
      },
    },
    { highWaterMark: 0 },
  );
}

/** The events again. A reader that leaves is told to the stream, and so to the model. */
export async function* eventsOf(parts: ReadableStream<EventPart>): AsyncGenerator {
  const reader = parts.getReader();
  let isOver = false;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        isOver = true;
        throw error;
      });
      if (done) {
        isOver = true;
        return;
      }
      yield value.event;
    }
  } finally {
    if (!isOver) await reader.cancel();
  }
}

function partOf(event: unknown): EventPart {
  switch (textAt(event, 'type')) {
    case 'response_started':
      return { type: 'response-metadata', event };
    case 'response_done':
      return {
        type: 'finish',
        ...endOfResponse(fieldOf(event, 'response')),
        response: fieldOf(event, 'response'),
        event,
      };
    case 'model':
      return { type: BEFORE_ANSWER.includes(typeOfRaw(event)) ? 'response-metadata' : 'raw', event };
    default:
      return { type: 'text-delta', delta: fieldOf(event, 'delta'), event };
  }
}

/** The provider's own event, in an event of the SDK. */
function typeOfRaw(event: unknown): string | undefined {
  return textAt(fieldOf(event, 'event'), 'type');
}
