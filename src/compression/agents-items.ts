/** Items of the OpenAI Agents SDK (https://openai.github.io/openai-agents-js/openai/agents-core/type-aliases/agentinputitem/). */

import { inputText, type ResponsesCall, type ResponsesOutputText } from './responses-items.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What the SDK itself makes of a tool that threw; later versions leave the error out. */
const TOOL_FAILED = 'An error occurred while running the tool. Please try again.';

/** Whether it is what a function tool was answered with. Results of shells, computers and hosted tools stay as they are. */
export function isAgentsOutput(item: Fields): boolean {
  return item['type'] === 'function_call_result' && typeof item['callId'] === 'string';
}

/** The texts of a result: the result itself, its one text, or those in a list. */
export function* agentsOutputTexts({ output }: Fields): Generator<ResponsesOutputText> {
  if (typeof output === 'string') yield { path: ['output'], partIndex: undefined, text: output };
  else if (Array.isArray(output)) {
    for (const [partIndex, part] of (output as readonly unknown[]).entries()) {
      const text = inputText(part);
      if (text !== undefined) yield { path: ['output', partIndex, 'text'], partIndex, text };
    }
  } else if (typeof output === 'object' && output !== null) {
    const { type, text } = output as Fields;
    if (type === 'text' && typeof text === 'string') yield { path: ['output', 'text'], partIndex: undefined, text };
  }
}

/** Whether a result is the SDK's own words for a tool that threw. */
export function saysToolFailed(text: string): boolean {
  return text.startsWith(TOOL_FAILED);
}

/** The call that an item makes, if it makes one. */
export function agentsCall({ type, callId, name, arguments: input }: Fields): ResponsesCall | undefined {
  return type === 'function_call' && typeof callId === 'string' ? { id: callId, name, arguments: input } : undefined;
}
