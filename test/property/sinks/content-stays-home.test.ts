import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventBus } from '../../../src/events/bus.ts';
import { EVENT_TYPES, type EventFacts, type EventType } from '../../../src/events/event.ts';
import { fixedClock } from '../../../src/testing.ts';
import { SINKS } from '../../contract/sinks-under-test.ts';
import { FACTS, say } from '../../unit/sinks/scripted-events.ts';
import { propertyRuns } from '../property-runs.ts';

const SECRET = 'swordfish';

/** Text as a message could hold it, with the secret in it. */
const content = fc
  .record({ before: fc.string({ unit: 'binary', maxLength: 300, size: 'max' }), isLine: fc.boolean() })
  .map(({ before, isLine }) => `${before}${isLine ? '\n' : ' '}the password is ${SECRET}`);

/**
 * Names, which may be shown, and ids, which a span may carry. The message of a fault is a sentence of ours by contract;
 * what went wrong is told by the class of the error, and that may be anything.
 */
const NAMES_AND_IDS = new Set([
  'agent',
  'model',
  'provider',
  'toolName',
  'runId',
  'parentRunId',
  'sessionId',
  'callId',
  'toolCallId',
  'alertId',
  'message',
]);

/** The same facts with content wherever there is text, and in fields that nobody expects. */
function poisoned(facts: unknown, text: string): unknown {
  if (typeof facts === 'string') return text;
  if (Array.isArray(facts)) return facts.map((item: unknown) => poisoned(item, text));
  if (typeof facts !== 'object' || facts === null) return facts;
  const entries = Object.entries({ errorType: 'Error', ...facts }).map(([name, value]: [string, unknown]) => [
    name,
    NAMES_AND_IDS.has(name) ? value : poisoned(value, text),
  ]);
  return { ...Object.fromEntries(entries), text, prompt: [text], error: new Error(text), [text]: text };
}

/** An error of somebody else's code, whose message and name quote what they worked on. */
function quotingError(text: string): Error {
  const error = new Error(text);
  error.name = text;
  return error;
}

test.each(Object.entries(SINKS))('no content in any field of any event comes out of the %s sink', async (_, create) => {
  await fc.assert(
    fc.asyncProperty(content, async (text) => {
      const events = new EventBus({ clock: fixedClock() });
      const { sink, output } = create();
      sink.attach(events);
      for (const type of EVENT_TYPES) {
        say(events, type, poisoned(FACTS[type], text) as Partial<EventFacts<EventType>>);
      }
      say(events, 'model.end', { runId: undefined, outcome: 'error', errorType: text });
      const failing = events.on('tool.start', () => {
        throw quotingError(text);
      });
      say(events, 'tool.start');
      failing();
      await sink.close?.();
      const told = await output();
      expect(told.length).toBeGreaterThan(2);
      expect(told).not.toContain(SECRET);
    }),
    propertyRuns(),
  );
});

test('no id comes out of the prometheus sink', async () => {
  const events = new EventBus({ clock: fixedClock() });
  const { sink, output } = SINKS.prometheus();
  sink.attach(events);
  const ids = ['runId', 'parentRunId', 'sessionId', 'callId', 'toolCallId', 'alertId'];
  const marked = Object.fromEntries(ids.map((id) => [id, `id-${SECRET}`]));
  for (const type of EVENT_TYPES) say(events, type, marked);
  expect(await output()).not.toContain(SECRET);
});
