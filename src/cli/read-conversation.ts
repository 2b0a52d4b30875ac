import { UsageError } from './usage-error.ts';

/** What an input is read as. */
export type InputShape = 'messages' | 'result';

export interface Conversation {
  readonly shape: InputShape;
  readonly messages: readonly unknown[];
  /** The model that the input names itself, as the body of a request does. */
  readonly model: string | undefined;
}

export interface ReadConversationOptions {
  /** Decides, where the input itself should not. */
  readonly shape?: InputShape | undefined;
  /** What the user asked, for one result. */
  readonly query?: string | undefined;
  /** Name of the tool that one result came from. */
  readonly toolName?: string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

const ROLES = new Set(['system', 'developer', 'user', 'assistant', 'tool', 'function']);
const CALL_ID = 'call_1';

/**
 * Reads messages, or else takes the whole text for one tool result. Messages are a JSON array of nothing but objects with a
 * known `role` and `content` or `tool_calls`; an object that holds such an array as `messages` or `prompt`; or one such
 * object a line. Whatever else is JSON is a result. Throws a `UsageError` where messages are asked for and there are none,
 * and for a query or a tool name beside messages, which have their own.
 */
export function readConversation(text: string, options: ReadConversationOptions): Conversation {
  const found = options.shape === 'result' ? undefined : findMessages(text, options.shape === 'messages');
  if (found === undefined) {
    if (options.shape === 'messages') {
      throw new UsageError(
        'The input holds no messages: a JSON array of objects with a role, an object with such an array as messages, or one such object a line.',
      );
    }
    return { shape: 'result', messages: conversationAround(text, options), model: undefined };
  }
  for (const [option, value] of [
    ['--query', options.query],
    ['--tool', options.toolName],
  ]) {
    if (value !== undefined) {
      throw new UsageError(
        `${option} is for one tool result, and the input is a conversation that has its own: leave ${option} out, or add --as result.`,
      );
    }
  }
  return { shape: 'messages', ...found };
}

function findMessages(text: string, isAskedFor: boolean): Omit<Conversation, 'shape'> | undefined {
  const isMessage = isAskedFor ? hasRole : isLikelyMessage;
  const isList = (value: unknown): value is readonly unknown[] =>
    Array.isArray(value) && (value.length > 0 || isAskedFor) && value.every(isMessage);
  const json = parse(text);
  if (json === undefined) {
    const lines = parseLines(text, isMessage);
    return lines === undefined ? undefined : { messages: lines, model: undefined };
  }
  if (isList(json)) return { messages: json, model: undefined };
  if (!isFields(json)) return undefined;
  const model = typeof json['model'] === 'string' && json['model'] !== '' ? json['model'] : undefined;
  for (const list of [json['messages'], json['prompt']]) if (isList(list)) return { messages: list, model };
  return isMessage(json) ? { messages: [json], model: undefined } : undefined;
}

/** One message a line; blank lines do not count. */
function parseLines(text: string, isMessage: (value: unknown) => boolean): readonly unknown[] | undefined {
  const messages: unknown[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const message = parse(line);
    if (!isMessage(message)) return undefined;
    messages.push(message);
  }
  return messages.length === 0 ? undefined : messages;
}

/** Rows of a table of users have a `role` too. */
function isLikelyMessage(value: unknown): boolean {
  return hasRole(value) && ROLES.has(String(value['role'])) && ('content' in value || 'tool_calls' in value);
}

function hasRole(value: unknown): value is Fields {
  return isFields(value) && typeof value['role'] === 'string';
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** One result as it would stand in a conversation. */
function conversationAround(text: string, { query, toolName }: ReadConversationOptions): readonly unknown[] {
  const question = query === undefined ? [] : [{ role: 'user', content: query }];
  const name = toolName === undefined ? {} : { name: toolName };
  return [...question, { role: 'tool', tool_call_id: CALL_ID, ...name, content: text }];
}
