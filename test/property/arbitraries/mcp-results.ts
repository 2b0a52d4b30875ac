import fc from 'fast-check';
import { hostileText, toolOutput } from './tool-output.ts';

export interface ContentBlock {
  readonly type?: unknown;
  readonly text?: unknown;
  readonly annotations?: unknown;
}

export interface AnyToolResult {
  readonly content?: unknown;
  readonly isError?: unknown;
}

/** What may hang on anything in the protocol, `__proto__` as a key included. */
const anything = fc.oneof(
  fc.json({ maxDepth: 3 }).map((json) => JSON.parse(json) as unknown),
  fc.constant(JSON.parse('{"__proto__":{"text":"not a text"},"type":"text"}') as unknown),
  hostileText(20),
);

const audience = fc.constantFrom(undefined, [], ['assistant'], ['user', 'assistant'], ['user'], 'user', null);

const extras = fc.record(
  {
    annotations: fc.oneof(
      audience.map((audience) => ({ audience, priority: 0.5 })),
      anything,
    ),
    _meta: anything,
    'example.com/more': anything,
  },
  { requiredKeys: [] },
);

const bytes = fc.base64String({ maxLength: 4_000, size: 'max' });

const block = (size: number): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 6, arbitrary: withExtras(toolOutput(size).map((text) => ({ type: 'text', text }))) },
    { weight: 1, arbitrary: withExtras(bytes.map((data) => ({ type: 'image', data, mimeType: 'image/png' }))) },
    { weight: 1, arbitrary: withExtras(bytes.map((data) => ({ type: 'audio', data, mimeType: 'audio/wav' }))) },
    {
      weight: 1,
      arbitrary: withExtras(
        toolOutput(size).map((text) => ({ type: 'resource', resource: { uri: 'file:///a', text } })),
      ),
    },
    { weight: 1, arbitrary: withExtras(fc.constant({ type: 'resource_link', uri: 'file:///a', name: 'a' })) },
    { weight: 1, arbitrary: fc.oneof(anything, fc.constant({ type: 'text', text: 7 }), fc.constant(undefined)) },
  );

function withExtras(blocks: fc.Arbitrary<object>): fc.Arbitrary<unknown> {
  return fc
    .tuple(blocks, extras, fc.boolean())
    .map(([block, more, isFirst]) => (isFirst ? { ...more, ...block } : { ...block, ...more }));
}

/** A `CallToolResult` with content of every kind, as servers send it and as none should. */
export const callToolResult = (size = 40): fc.Arbitrary<AnyToolResult> =>
  fc.record(
    {
      content: fc.oneof(
        { weight: 12, arbitrary: fc.array(block(size), { maxLength: 5, size: 'max' }) },
        { weight: 1, arbitrary: anything },
      ),
      structuredContent: anything,
      isError: fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom(undefined, false) },
        { weight: 1, arbitrary: fc.constant(true) },
      ),
      _meta: anything,
      'example.com/more': anything,
    },
    { requiredKeys: ['content'] },
  );
