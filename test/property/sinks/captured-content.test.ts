import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Span } from '@opentelemetry/api';
import type { Content } from '../../../src/events/contents.ts';
import { writeContent } from '../../../src/sinks/otel/content/write-content.ts';
import { propertyRuns } from '../property-runs.ts';

const SECRET = 'swordfish';

const words = fc.string({ maxLength: 40 }).map((text) => `${text} ${SECRET}`);
/** Any JSON, with the secret in every text and every key. */
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    words,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(words, tie('json'), { maxKeys: 4 }),
  ),
}));

const NAMES = { id: 'call_1', toolCallId: 'call_1', tool_call_id: 'call_1', call_id: 'call_1', name: 'search' };
const TYPES = [
  'text',
  'input_text',
  'textBlock',
  'reasoning',
  'thinking',
  'tool-call',
  'tool_use',
  'function_call',
  'tool-result',
  'tool_result',
  'function_call_output',
  'image',
];

/** Parts of every shape that is read, with anything where there is content, and in fields that nobody reads. */
const part = fc.oneof(
  words,
  json,
  fc
    .record({ type: fc.oneof(fc.constantFrom(...TYPES), words), value: json, hasNames: fc.boolean() })
    .map(({ type, value, hasNames }) => ({
      type,
      ...(hasNames ? NAMES : {}),
      ...Object.fromEntries(
        ['text', 'thinking', 'summary', 'input', 'args', 'arguments', 'output', 'result', 'content', 'data'].map(
          (field) => [field, value],
        ),
      ),
    })),
);

const message = fc.oneof(
  json,
  part,
  fc
    .record({
      role: fc.oneof(fc.constantFrom('system', 'user', 'assistant', 'tool'), words),
      content: fc.oneof(words, json, fc.array(part, { maxLength: 4 })),
      calls: fc.array(part, { maxLength: 2 }),
    })
    .map(({ role, content, calls }) => ({ role, content, tool_calls: calls })),
);

const content: fc.Arbitrary<Content> = fc.oneof(
  fc
    .record({
      of: fc.constantFrom('prompt' as const, 'answer' as const),
      messages: fc.array(message, { maxLength: 5 }),
    })
    .map((said) => ({ ...said, callId: 'call_1' })),
  fc
    .record({ of: fc.constantFrom('arguments' as const, 'result' as const), value: json })
    .map((said) => ({ ...said, runId: 'run_1', toolCallId: 'call_1' })),
);

function written(said: Content, redact: ((text: string) => string) | undefined): Record<string, unknown> {
  const attributes: Record<string, unknown> = {};
  const span = { setAttribute: (name: string, value: unknown) => void (attributes[name] = value) };
  writeContent(span as unknown as Span, said, redact);
  return attributes;
}

test('no text or key of any message, argument or result gets past redact, whatever its shape', () => {
  fc.assert(
    fc.property(content, (said) => {
      const attributes = written(said, (text) => text.replaceAll(SECRET, '*'));
      expect(JSON.stringify(attributes)).not.toContain(SECRET);
    }),
    propertyRuns(),
  );
});

test('without redact whatever is said is written as JSON, or as the text that it is', () => {
  fc.assert(
    fc.property(content, (said) => {
      for (const [name, value] of Object.entries(written(said, undefined))) {
        expect(typeof value).toBe('string');
        if (/messages|instructions/.test(name)) expect(Array.isArray(JSON.parse(String(value)))).toBe(true);
      }
    }),
    propertyRuns(),
  );
});
