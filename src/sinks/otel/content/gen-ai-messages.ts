import { identifierOr } from '../../identifiers.ts';
import { call, genAiPart, response, type GenAiPart } from './gen-ai-part.ts';

/**
 * A message as the GenAI conventions write it
 * (https://github.com/open-telemetry/semantic-conventions-genai, model/gen-ai/gen-ai-input-messages.json).
 */
export interface GenAiMessage {
  readonly role: string;
  readonly parts: readonly GenAiPart[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Roles of messages that say it otherwise: types of LangChain, and items of the Responses API, which have none. */
const ROLES: ReadonlyMap<unknown, string> = new Map([
  ['human', 'user'],
  ['ai', 'assistant'],
  ['tool', 'tool'],
  ['function', 'tool'],
  ['system', 'system'],
  ['reasoning', 'assistant'],
  ['function_call', 'assistant'],
  ['custom_tool_call', 'assistant'],
  ['function_call_output', 'tool'],
  ['custom_tool_call_output', 'tool'],
  ['function_call_result', 'tool'],
]);

/** Messages of any host or provider that is known here, as the conventions write them. */
export function genAiMessages(messages: readonly unknown[]): readonly GenAiMessage[] {
  return messages.map(genAiMessage);
}

/** Instructions that were sent apart from the messages: a text, or parts of a message. None where there are none. */
export function genAiInstructions(instructions: unknown): readonly GenAiPart[] {
  const parts: readonly unknown[] = Array.isArray(instructions) ? instructions : [instructions];
  return parts.filter((part) => part !== undefined && part !== null && part !== '').map(genAiPart);
}

function genAiMessage(message: unknown): GenAiMessage {
  const fields = (typeof message === 'object' && message !== null ? message : { content: message }) as Fields;
  const named = typeof fields['role'] === 'string' ? fields['role'] : (ROLES.get(fields['type']) ?? 'user');
  const role = identifierOr('other', named);
  return { role, parts: partsOf(role, fields) };
}

function partsOf(role: string, fields: Fields): readonly GenAiPart[] {
  const { content, tool_calls: calls } = fields;
  // Items of the Responses API.
  if (fields['role'] === undefined && content === undefined) return [genAiPart(fields)];
  const parts = Array.isArray(content) ? content : content === undefined || content === null ? [] : [content];
  const isAnswer = fields['tool_call_id'] !== undefined || (role === 'tool' && typeof content === 'string');
  if (isAnswer) return [response(fields)];
  const listed = Array.isArray(calls) ? calls.map((one: unknown) => call((one ?? {}) as Fields)) : [];
  const said = parts.filter((part) => part !== '').map(genAiPart);
  // LangChain has the same calls twice, in the content of some providers and beside it.
  return [...said.filter(({ type }) => listed.length === 0 || type !== 'tool_call'), ...listed];
}
