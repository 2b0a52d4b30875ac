import { jsonOrText } from '../../../json-or-text.ts';
import { identifierOr } from '../../identifiers.ts';

/** A part of a message as the GenAI conventions write it. What is no text is named by its type alone. */
export type GenAiPart =
  | { readonly type: 'text' | 'reasoning'; readonly content: string }
  | { readonly type: 'tool_call'; readonly id?: string; readonly name: string; readonly arguments: unknown }
  | { readonly type: 'tool_call_response'; readonly id?: string; readonly response: unknown }
  | { readonly type: string };

type Fields = Readonly<Record<string, unknown>>;

/** Types of parts that are texts, with the text in `text`. */
const TEXTS: ReadonlySet<unknown> = new Set(['text', 'input_text', 'output_text', 'textBlock']);

/** How the AI SDK wraps what a tool gave. */
const WRAPPERS: ReadonlySet<unknown> = new Set(['text', 'json', 'error-text', 'error-json', 'execution-denied']);

/** Where parts that are pictures, sounds and files have their bytes, or where these are. */
const BYTES = ['data', 'source', 'image_url', 'file_data', 'input_audio', 'blob'] as const;
const MEDIA = /image|audio|video|document|media|^file|^input_file$/;

/**
 * A part of a message of OpenAI (chat and responses), its Agents SDK, Anthropic, LangChain, Strands Agents or the AI SDK,
 * and items of the Responses API, which are parts of no message.
 */
export function genAiPart(part: unknown): GenAiPart {
  if (typeof part === 'string') return { type: 'text', content: part };
  const fields = (typeof part === 'object' && part !== null ? part : {}) as Fields;
  const { type } = fields;
  if (TEXTS.has(type)) return text('text', fields['text']);
  switch (type) {
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
    arguments: jsonOrText(input),
  };
}

/** What a tool answered, by any of the names that its fields have. */
export function response(fields: Fields): GenAiPart {
  const answer = fields['output'] ?? fields['content'];
  return { type: 'tool_call_response', ...idOf(fields), response: answerOfTool(answer) };
}

function text(type: 'text' | 'reasoning', content: unknown): GenAiPart {
  return typeof content === 'string' ? { type, content } : { type };
}

function idOf(fields: Fields): { readonly id?: string } {
  const { call_id, callId, tool_call_id, tool_use_id, toolCallId, toolUseId, id } = fields;
  const found = call_id ?? callId ?? tool_call_id ?? tool_use_id ?? toolCallId ?? toolUseId ?? id;
  return typeof found === 'string' ? { id: found } : {};
}

/**
 * What a tool answered: a text for what is one, also where it is wrapped, and else the value as it is. Of pictures and files
 * in it the kind is left.
 */
export function answerOfTool(answer: unknown): unknown {
  if (Array.isArray(answer)) {
    const texts = answer.map(textIn);
    return texts.length > 0 && texts.every((one) => one !== undefined) ? texts.join('\n') : answer.map(withoutMedia);
  }
  const { type, value } = (answer ?? {}) as Fields;
  if (type === 'content' && Array.isArray(value)) return answerOfTool(value);
  if (value !== undefined && WRAPPERS.has(type)) return value;
  return textIn(answer) ?? withoutMedia(answer);
}

function textIn(part: unknown): string | undefined {
  const { type, text: said } = (part ?? {}) as Fields;
  return TEXTS.has(type) && typeof said === 'string' ? said : undefined;
}

function withoutMedia(part: unknown): unknown {
  const fields = (part ?? {}) as Fields;
  const { type } = fields;
  const hasBytes = typeof type === 'string' && MEDIA.test(type) && BYTES.some((name) => fields[name] !== undefined);
  return hasBytes ? { type } : part;
}

function nameOf(name: unknown): string {
  return typeof name === 'string' ? name : 'unknown';
}

/** Texts of the summary of what was thought. */
function summaryOf(summary: unknown): unknown {
  return Array.isArray(summary)
    ? summary.map((part: unknown) => (part as Fields | null)?.['text']).join('\n')
    : undefined;
}
