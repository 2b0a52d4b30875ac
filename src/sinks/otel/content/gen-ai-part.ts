import { identifierOr } from '../../identifiers.ts';

/** A part of a message as the GenAI conventions write it. What is no text is named by its type alone. */
export type GenAiPart =
  | { readonly type: 'text' | 'reasoning'; readonly content: string }
  | { readonly type: 'tool_call'; readonly id?: string; readonly name: string; readonly arguments: unknown }
  | { readonly type: 'tool_call_response'; readonly id?: string; readonly response: unknown }
  | { readonly type: string };

type Fields = Readonly<Record<string, unknown>>;

/**
 * A part of a message of OpenAI (chat and responses), its Agents SDK, Anthropic, LangChain, Strands Agents or the AI SDK,
 * and items of the Responses API, which are parts of no message.
 */
export function genAiPart(part: unknown): GenAiPart {
  if (typeof part === 'string') return { type: 'text', content: part };
  const fields = (typeof part === 'object' && part !== null ? part : {}) as Fields;
  const { type } = fields;
  switch (type) {
    case 'text':
    case 'input_text':
    case 'output_text':
    case 'textBlock':
      return text('text', fields['text']);
    case 'reasoning':
    case 'thinking':
    case 'reasoningBlock':
      return text('reasoning', fields['text'] ?? fields['thinking'] ?? summaryOf(fields['summary']));
    case 'tool-call':
    case 'tool_use':
    case 'toolUseBlock':
    case 'function_call':
    case 'custom_tool_call':
      return call(fields);
    case 'tool-result':
    case 'tool_result':
    case 'toolResultBlock':
    case 'function_call_output':
    case 'custom_tool_call_output':
    case 'function_call_result':
      return response(fields);
    default:
      return { type: identifierOr('unknown', typeof type === 'string' ? type : '') };
  }
}

/** A call of a tool, by any of the names that its fields have. */
export function call(fields: Fields): GenAiPart {
  const { function: named } = fields as { readonly function?: Fields };
  const { name, arguments: given } = { ...fields, ...named };
  const input = given ?? fields['input'] ?? fields['args'];
  return {
    type: 'tool_call',
    ...idOf(fields),
    name: nameOf(name ?? fields['toolName']),
    arguments: typeof input === 'string' ? parsed(input) : input,
  };
}

/** What a tool answered, by any of the names that its fields have. */
export function response(fields: Fields): GenAiPart {
  const answer = fields['output'] ?? fields['content'];
  return { type: 'tool_call_response', ...idOf(fields), response: valueOf(answer) };
}

function text(type: 'text' | 'reasoning', content: unknown): GenAiPart {
  return typeof content === 'string' ? { type, content } : { type };
}

function idOf(fields: Fields): { readonly id?: string } {
  const { call_id, callId, tool_call_id, tool_use_id, toolCallId, toolUseId, id } = fields;
  const found = call_id ?? callId ?? tool_call_id ?? tool_use_id ?? toolCallId ?? toolUseId ?? id;
  return typeof found === 'string' ? { id: found } : {};
}

/** A text for what is one, also where it is wrapped: an output of the AI SDK, or a list of one block of text. */
function valueOf(answer: unknown): unknown {
  if (Array.isArray(answer) && answer.every(isPart)) {
    const parts = answer.map(genAiPart);
    const texts = parts.map((part) => ('content' in part ? part.content : undefined));
    return texts.every((content) => content !== undefined) ? texts.join('\n') : parts;
  }
  const { type, value, text: content } = (answer ?? {}) as Fields;
  if (type === 'content' && Array.isArray(value)) return valueOf(value);
  if (type === 'text' && typeof content === 'string') return content;
  return value !== undefined && typeof type === 'string' ? value : answer;
}

/** Whether it can be a part of a message: a list of other values is a result that is a list. */
function isPart(value: unknown): boolean {
  return typeof value === 'string' || typeof (value as Fields | null)?.['type'] === 'string';
}

function nameOf(name: unknown): string {
  return typeof name === 'string' ? name : 'unknown';
}

/** Texts of the summary of what was thought. */
function summaryOf(summary: unknown): unknown {
  return Array.isArray(summary)
    ? valueOf(summary.map((part: unknown) => (part as Fields | null)?.['text']))
    : undefined;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
