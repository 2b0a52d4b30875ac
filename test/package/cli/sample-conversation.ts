/** 300 rows of which one tells: enough that some are left out. */
export const ORDERS = JSON.stringify(
  Array.from({ length: 300 }, (_, index) => ({
    id: 1_000 + index,
    status: index === 137 ? 'failed' : 'paid',
    total: 20 + (index % 90),
    customer: `customer-${index % 50}@shop.example`,
    error: index === 137 ? 'card declined' : null,
  })),
);

/** 200 lines of which one tells. */
export const LOG = Array.from({ length: 200 }, (_, index) =>
  index === 120
    ? `2026-03-12T02:06:${String(index % 60).padStart(2, '0')}Z payments-1 ERROR pool timeout after 5000 ms`
    : `2026-03-12T02:06:${String(index % 60).padStart(2, '0')}Z payments-${index % 4} INFO charge ok order=ord_${4_000 + index} ms=${20 + (index % 17)}`,
).join('\n');

export const QUESTION = 'Which order failed, and why?';

/** The same conversation in each shape that is understood: two tool results. */
export const SHAPES: Readonly<Record<string, readonly unknown[]>> = {
  'OpenAI chat messages': [
    { role: 'user', content: QUESTION },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        { id: 'call_1', type: 'function', function: { name: 'list_orders', arguments: '{"day":"2026-03-12"}' } },
        { id: 'call_2', type: 'function', function: { name: 'read_log', arguments: '{"service":"payments"}' } },
      ],
    },
    { role: 'tool', tool_call_id: 'call_1', content: ORDERS },
    { role: 'tool', tool_call_id: 'call_2', content: LOG },
  ],
  'Anthropic messages': [
    { role: 'user', content: QUESTION },
    {
      role: 'assistant',
      content: [
        { type: 'tool_use', id: 'call_1', name: 'list_orders', input: { day: '2026-03-12' } },
        { type: 'tool_use', id: 'call_2', name: 'read_log', input: { service: 'payments' } },
      ],
    },
    {
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 'call_1', content: ORDERS },
        { type: 'tool_result', tool_use_id: 'call_2', content: [{ type: 'text', text: LOG }] },
      ],
    },
  ],
  'AI SDK messages': [
    { role: 'user', content: QUESTION },
    {
      role: 'assistant',
      content: [
        { type: 'tool-call', toolCallId: 'call_1', toolName: 'list_orders', input: { day: '2026-03-12' } },
        { type: 'tool-call', toolCallId: 'call_2', toolName: 'read_log', input: { service: 'payments' } },
      ],
    },
    {
      role: 'tool',
      content: [
        {
          type: 'tool-result',
          toolCallId: 'call_1',
          toolName: 'list_orders',
          output: { type: 'json', value: JSON.parse(ORDERS) as unknown },
        },
        { type: 'tool-result', toolCallId: 'call_2', toolName: 'read_log', output: { type: 'text', value: LOG } },
      ],
    },
  ],
};

export const CONVERSATION = SHAPES['OpenAI chat messages'] ?? [];
