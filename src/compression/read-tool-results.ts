import { agentsCall, agentsOutputTexts, isAgentsOutput, saysToolFailed } from './agents-items.ts';
import type { DecisionReason } from './decision.ts';
import { inputText, isOfModel, isResponsesOutput, outputTexts, responsesCall } from './responses-items.ts';
import { strandsCall, strandsResultTexts, strandsText } from './strands-blocks.ts';

/** Where a value stands in a list of messages: keys and indexes from the outside in. */
export type MessagePath = readonly (string | number)[];

/** One tool result, or one block of text in one, as it stands in a conversation. */
export interface ToolResult {
  readonly messageIndex: number;
  readonly partIndex: number | undefined;
  readonly blockIndex: number | undefined;
  readonly toolName: string | undefined;
  readonly toolCallId: string | undefined;
  /** JSON text of the arguments of its call, or empty. */
  readonly toolArguments: string;
  /** What was asked before it: the user's last words, then the arguments of its tool call. */
  readonly query: string;
  /** `undefined` when it has none that can be read. */
  readonly text: string | undefined;
  /** Why it has to stay as it is, if it has to. */
  readonly untouchable: DecisionReason | undefined;
  readonly isNew: boolean;
  readonly path: MessagePath;
  /** What stands at `path` once its text is another. */
  readonly rewrite: (text: string) => unknown;
}

type Fields = Readonly<Record<string, unknown>>;

interface Found {
  readonly path: MessagePath;
  readonly partIndex?: number;
  readonly blockIndex?: number;
  readonly toolName?: string | undefined;
  readonly toolCallId?: string | undefined;
  readonly untouchable?: DecisionReason | undefined;
  readonly text: string | undefined;
  readonly rewrite: (text: string) => unknown;
}

interface ToolCall {
  readonly name: string | undefined;
  readonly arguments: string;
}

/**
 * The tool results of a conversation in order, whichever shape each message has: OpenAI chat, items of OpenAI's
 * Responses API and of its Agents SDK, Anthropic, LangChain, Strands Agents, or AI SDK (`ModelMessage` and prompts of
 * every spec). Reads and never throws; a message that it does not know is no result.
 * Each result depends on its own message and those before it, `isNew` alone on what follows.
 */
export function readToolResults(messages: readonly unknown[]): readonly ToolResult[] {
  const results: ToolResult[] = [];
  const calls = new Map<string, ToolCall>();
  let lastAssistant = -1;
  let userWords = '';
  for (const [messageIndex, message] of messages.entries()) {
    try {
      if (!isFields(message)) continue;
      const role = roleOf(message);
      if (role === 'assistant' || isOfModel(message)) lastAssistant = messageIndex;
      for (const found of findResults(message)) {
        const call = found.toolCallId === undefined ? undefined : calls.get(found.toolCallId);
        results.push({
          messageIndex,
          partIndex: found.partIndex,
          blockIndex: found.blockIndex,
          toolName: found.toolName ?? call?.name,
          toolCallId: found.toolCallId,
          toolArguments: call?.arguments ?? '',
          query: call === undefined || call.arguments === '' ? userWords : `${userWords}\n${call.arguments}`,
          text: found.text,
          untouchable: found.untouchable,
          isNew: true,
          path: [messageIndex, ...found.path],
          rewrite: found.rewrite,
        });
      }
      if (role === 'user') userWords = wordsOf(message['content']) ?? userWords;
      const asked = agentsCall(message) ?? responsesCall(message);
      if (asked !== undefined) remember(calls, asked.id, asked.name, asked.arguments);
      if (role === 'assistant') rememberCalls(message, calls);
    } catch {
      // A getter or proxy of the host's that throws: its message is passed on as it is.
    }
  }
  return results.map((result) => (result.messageIndex > lastAssistant ? result : { ...result, isNew: false }));
}

function* findResults(message: Fields): Generator<Found> {
  const { content } = message;
  const role = roleOf(message);
  if (isResponsesOutput(message)) yield* findResponsesResult(message);
  else if (isAgentsOutput(message)) yield* findAgentsResult(message);
  else if (role === 'tool' || role === 'function') {
    if (isAiSdkToolContent(content)) yield* findAiSdkResults(content, undefined);
    else yield* findOpenAiResult(message);
  } else if (role === 'user' && Array.isArray(content)) {
    yield* findAnthropicResults(content);
    yield* findStrandsResults(content);
  } else if (role === 'assistant' && Array.isArray(content)) {
    yield* findAiSdkResults(content, 'provider-executed');
  }
}

function* findOpenAiResult(message: Fields): Generator<Found> {
  const { content } = message;
  const about = {
    toolCallId: asString(message['tool_call_id']),
    toolName: asString(message['name']),
    // LangChain says so of tools that threw.
    untouchable: message['status'] === 'error' ? ('error-result' as const) : undefined,
  };
  if (typeof content === 'string') {
    yield { ...about, path: ['content'], text: content, rewrite: (text) => text };
  } else if (Array.isArray(content)) {
    for (const [partIndex, part] of content.entries()) {
      const text = textOfPart(part);
      if (text !== undefined) {
        yield { ...about, path: ['content', partIndex, 'text'], partIndex, text, rewrite: (rewritten) => rewritten };
      }
    }
  }
}

function* findResponsesResult(item: Fields): Generator<Found> {
  const about = { toolCallId: asString(item['call_id']), toolName: asString(item['name']) };
  for (const { path, partIndex, text } of outputTexts(item)) {
    const place = partIndex === undefined ? { path } : { path, partIndex };
    yield { ...about, ...place, text, rewrite: (rewritten) => rewritten };
  }
}

function* findAgentsResult(item: Fields): Generator<Found> {
  const about = { toolCallId: asString(item['callId']), toolName: asString(item['name']) };
  for (const { path, partIndex, text } of agentsOutputTexts(item)) {
    const untouchable = saysToolFailed(text) ? ('error-result' as const) : undefined;
    const place = partIndex === undefined ? { path } : { path, partIndex };
    yield { ...about, ...place, untouchable, text, rewrite: (rewritten) => rewritten };
  }
}

function* findAnthropicResults(parts: readonly unknown[]): Generator<Found> {
  for (const [partIndex, part] of parts.entries()) {
    if (!isFields(part) || part['type'] !== 'tool_result') continue;
    const { content } = part;
    const about = {
      partIndex,
      toolCallId: asString(part['tool_use_id']),
      untouchable: part['is_error'] === true ? ('error-result' as const) : undefined,
    };
    if (typeof content === 'string') {
      yield { ...about, path: ['content', partIndex, 'content'], text: content, rewrite: (text) => text };
    } else if (Array.isArray(content)) {
      yield* findTextBlocks(content, { ...about, path: ['content', partIndex, 'content'] });
    }
  }
}

function* findStrandsResults(parts: readonly unknown[]): Generator<Found> {
  for (const { isError, ...found } of strandsResultTexts(parts)) {
    yield { ...found, untouchable: isError ? 'error-result' : undefined };
  }
}

function* findAiSdkResults(parts: readonly unknown[], untouchable: DecisionReason | undefined): Generator<Found> {
  for (const [partIndex, part] of parts.entries()) {
    if (!isFields(part) || part['type'] !== 'tool-result' || !isFields(part['output'])) continue;
    const output = part['output'];
    const { type, value } = output;
    const path = ['content', partIndex, 'output'];
    const about = {
      partIndex,
      toolCallId: asString(part['toolCallId']),
      toolName: asString(part['toolName']),
      untouchable: untouchable ?? (isErrorOutput(type) ? ('error-result' as const) : undefined),
    };
    if (type === 'content' && Array.isArray(value)) {
      yield* findTextBlocks(value, { ...about, path: [...path, 'value'] });
    } else if (typeof value === 'string' && type !== 'json' && type !== 'error-json') {
      yield { ...about, path, text: value, rewrite: (text) => ({ ...output, value: text }) };
    } else if (type === 'json' || type === 'error-json') {
      // A text inside JSON would reach the model as a string literal full of `\n`, so the output becomes a text.
      yield { ...about, path, text: stringify(value), rewrite: (text) => ({ ...output, type: 'text', value: text }) };
    }
  }
}

function* findTextBlocks(blocks: readonly unknown[], about: Omit<Found, 'text' | 'rewrite'>): Generator<Found> {
  for (const [blockIndex, block] of blocks.entries()) {
    const text = textOfPart(block);
    if (text !== undefined) {
      yield {
        ...about,
        path: [...about.path, blockIndex, 'text'],
        blockIndex,
        text,
        rewrite: (rewritten) => rewritten,
      };
    }
  }
}

/** Names and arguments of the calls that an assistant message makes, for the results that answer them. */
function rememberCalls({ tool_calls: listed, content }: Fields, calls: Map<string, ToolCall>): void {
  for (const part of Array.isArray(content) ? content : []) {
    if (!isFields(part)) continue;
    if (part['type'] === 'tool_use') remember(calls, part['id'], part['name'], part['input']);
    if (part['type'] === 'tool-call') remember(calls, part['toolCallId'], part['toolName'], part['input']);
    const call = strandsCall(part);
    if (call !== undefined) remember(calls, call.id, call.name, call.arguments);
  }
  for (const call of Array.isArray(listed) ? listed : []) {
    if (!isFields(call)) continue;
    if (isFields(call['function']))
      remember(calls, call['id'], call['function']['name'], call['function']['arguments']);
    // LangChain has the content of some providers beside it, which is in pieces after a stream.
    else remember(calls, call['id'], call['name'], call['args']);
  }
}

function remember(calls: Map<string, ToolCall>, id: unknown, name: unknown, input: unknown): void {
  if (typeof id !== 'string') return;
  const text = typeof input === 'string' ? input : (stringify(input) ?? '');
  calls.set(id, { name: asString(name), arguments: text === '{}' ? '' : text });
}

/** The role by which OpenAI, Anthropic and the AI SDK know a message; LangChain has types of its own for it. */
function roleOf({ role, type }: Fields): unknown {
  return role === undefined && typeof type === 'string' ? LANGCHAIN_ROLES.get(type) : role;
}

const LANGCHAIN_ROLES: ReadonlyMap<string, string> = new Map([
  ['human', 'user'],
  ['ai', 'assistant'],
  ['tool', 'tool'],
  ['function', 'function'],
]);

/** What a user said in a message, results that it carries left out; `undefined` when it says nothing. */
function wordsOf(content: unknown): string | undefined {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return undefined;
  const texts = content
    .map((part) => textOfPart(part) ?? inputText(part) ?? strandsText(part))
    .filter((text) => text !== undefined);
  return texts.length === 0 ? undefined : texts.join('\n');
}

function textOfPart(part: unknown): string | undefined {
  return isFields(part) && part['type'] === 'text' ? asString(part['text']) : undefined;
}

function isAiSdkToolContent(content: unknown): content is readonly unknown[] {
  return Array.isArray(content) && content.some((part) => isFields(part) && part['type'] === 'tool-result');
}

function isErrorOutput(type: unknown): boolean {
  return type === 'error-text' || type === 'error-json' || type === 'execution-denied';
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** JSON as a provider would send it, or `undefined` for what has none: circular values, functions, big integers. */
function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
