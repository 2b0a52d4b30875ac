import type { WireFraming } from './scenario.ts';

/** `text/event-stream`, with the event's name where it has one. */
export const SERVER_SENT_EVENTS: WireFraming = {
  contentType: 'text/event-stream',
  encode: ({ event, data }) => {
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    return `${event === undefined ? '' : `event: ${event}\n`}data: ${text}\n\n`;
  },
};

/** A JSON document a line. */
export const JSON_LINES: WireFraming = {
  contentType: 'application/x-ndjson',
  encode: ({ data }) => `${JSON.stringify(data)}\n`,
};
