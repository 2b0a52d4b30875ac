import type { ToolOutput } from './benchmark-case.ts';
import { ordersJson } from './orders.ts';
import { serviceLogText } from './service-log.ts';

/** A command's output as a JSON object around text. */
export function shellEnvelope(): ToolOutput {
  const stderr =
    'Traceback (most recent call last):\n  File "/srv/sync.py", line 88, in <module>\n    sync()\nValueError: ledger 17 has no owner';
  return {
    name: 'shell.json',
    kind: 'envelope',
    tool: 'run_command',
    arguments: { command: 'python sync.py --verbose' },
    text: JSON.stringify({ stdout: serviceLogText(300), stderr, exit_code: 1, duration_ms: 4_113 }),
    questions: [
      {
        query: 'Why did the command fail?',
        needles: [{ text: 'ValueError: ledger 17 has no owner' }, { text: 'line 88' }],
      },
    ],
  };
}

/** An MCP result: JSON as text in a part of a list. */
export function mcpEnvelope(): ToolOutput {
  return {
    name: 'mcp.json',
    kind: 'envelope',
    tool: 'mcp__shop__list_orders',
    arguments: { limit: 80 },
    text: JSON.stringify({ content: [{ type: 'text', text: ordersJson(80) }], isError: false }),
    questions: [{ query: 'Which orders failed?', needles: [{ text: 'address not deliverable: postcode 00000' }] }],
  };
}
