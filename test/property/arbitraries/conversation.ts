import fc from 'fast-check';
import { toolOutput } from './tool-output.ts';

export type Shape = 'openai' | 'anthropic' | 'ai-sdk';

/** One step of an agent: it calls a tool, and gets what the tool returned. */
interface Turn {
  readonly toolName: string;
  readonly input: unknown;
  readonly output: string;
  readonly isError: boolean;
  readonly words: string;
  readonly reasoning: boolean;
}

const turn = (size: number): fc.Arbitrary<Turn> =>
  fc.record({
    toolName: fc.constantFrom('list_orders', 'search_logs', 'read_file', 'headroom_retrieve', '__proto__'),
    input: fc.oneof(fc.constant({}), fc.record({ query: fc.constantFrom('failed order', 'timeout', 'id=17') })),
    output: toolOutput(size),
    isError: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
    words: fc.constantFrom('', 'Why did the order fail?', 'Which requests were slow?'),
    reasoning: fc.boolean(),
  });

/** A whole conversation, in one of the shapes in which hosts keep them. */
export const conversation = (
  options: { readonly maxTurns?: number; readonly size?: number; readonly echoes?: number } = {},
): fc.Arbitrary<readonly unknown[]> =>
  fc
    .tuple(
      fc.constantFrom<Shape>('openai', 'anthropic', 'ai-sdk'),
      fc.array(fc.tuple(turn(options.size ?? 40), echo(options.echoes ?? 1)), {
        minLength: 1,
        maxLength: options.maxTurns ?? 4,
        size: 'max',
      }),
    )
    .map(([shape, turns]) =>
      turns.flatMap(([each, { kind, at }], index) => {
        const earlier = turns[at % (index + 1)]?.[0].output ?? each.output;
        return WRITERS[shape]({ ...each, output: ECHOES[kind](each.output, earlier) }, index);
      }),
    );

/** A tool that is called again returns what it returned before, or nearly; the more `weight` has, the more often. */
const echo = (weight: number) =>
  fc.record({
    kind: fc.oneof(
      { weight: 2, arbitrary: fc.constant('new' as const) },
      { weight, arbitrary: fc.constant('repeated' as const) },
      { weight, arbitrary: fc.constant('edited' as const) },
    ),
    at: fc.nat(10),
  });

const ECHOES = {
  new: (own: string) => own,
  repeated: (_own: string, earlier: string) => earlier,
  edited: (own: string, earlier: string) => {
    const lines = earlier.split('\n');
    lines.splice(Math.floor(lines.length / 2), 1, own.slice(0, 100));
    return lines.join('\n');
  },
};

const WRITERS: Readonly<Record<Shape, (turn: Turn, index: number) => readonly unknown[]>> = {
  openai: ({ toolName, input, output, words }, index) => [
    ...(words === '' ? [] : [{ role: 'user', content: words }]),
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: `call_${index}`, type: 'function', function: { name: toolName, arguments: JSON.stringify(input) } },
      ],
    },
    index % 3 === 2
      ? { role: 'tool', tool_call_id: `call_${index}`, content: [{ type: 'text', text: output }] }
      : { role: 'tool', tool_call_id: `call_${index}`, content: output },
  ],
  anthropic: ({ toolName, input, output, isError, words, reasoning }, index) => [
    ...(words === '' ? [] : [{ role: 'user', content: [{ type: 'text', text: words }] }]),
    {
      role: 'assistant',
      content: [
        ...(reasoning ? [{ type: 'thinking', thinking: 'Let me see.', signature: `SIG${index}==` }] : []),
        { type: 'tool_use', id: `toolu_${index}`, name: toolName, input },
      ],
    },
    {
      role: 'user',
      content: [
        {
          type: 'tool_result',
          tool_use_id: `toolu_${index}`,
          ...(isError ? { is_error: true } : {}),
          content:
            index % 2 === 0
              ? output
              : [
                  { type: 'text', text: output, cache_control: { type: 'ephemeral' } },
                  { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
                ],
        },
      ],
    },
  ],
  'ai-sdk': ({ toolName, input, output, isError, words, reasoning }, index) => [
    ...(words === '' ? [] : [{ role: 'user', content: [{ type: 'text', text: words }] }]),
    {
      role: 'assistant',
      content: [
        ...(reasoning
          ? [{ type: 'reasoning', text: 'Let me see.', providerOptions: { anthropic: { signature: `SIG${index}==` } } }]
          : []),
        { type: 'tool-call', toolCallId: `call_${index}`, toolName, input },
      ],
    },
    {
      role: 'tool',
      content: [
        {
          type: 'tool-result',
          toolCallId: `call_${index}`,
          toolName,
          output: aiSdkOutput(output, isError, index),
          providerOptions: { anthropic: { cacheControl: { type: 'ephemeral' } } },
        },
      ],
    },
  ],
};

function aiSdkOutput(output: string, isError: boolean, index: number): unknown {
  if (isError) return { type: 'error-text', value: output };
  if (index % 3 === 2) return { type: 'content', value: [{ type: 'text', text: output }, { type: 'custom' }] };
  try {
    return { type: 'json', value: JSON.parse(output) as unknown };
  } catch {
    return { type: 'text', value: output };
  }
}

/** Freezes a value and all in it, so that whoever writes to it throws. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
