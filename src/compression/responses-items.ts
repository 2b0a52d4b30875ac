/** Items of OpenAI's Responses API (https://platform.openai.com/docs/api-reference/responses/create#responses-create-input). */

type Fields = Readonly<Record<string, unknown>>;

/** What a call of a tool is answered with. Outputs of shells and computers have shapes of their own, and stay as they are. */
const OUTPUTS: ReadonlySet<unknown> = new Set(['function_call_output', 'custom_tool_call_output']);

/** Items without a role that the model wrote, or that stand for what it wrote. */
const MODEL_ITEMS: ReadonlySet<unknown> = new Set(['reasoning', 'function_call', 'custom_tool_call', 'item_reference']);

/** One text of an output: the whole of it, or that of one part of a list. */
export interface ResponsesOutputText {
  readonly path: readonly (string | number)[];
  readonly partIndex: number | undefined;
  readonly text: string;
}

export interface ResponsesCall {
  readonly id: unknown;
  readonly name: unknown;
  readonly arguments: unknown;
}

export function isResponsesOutput(item: Fields): boolean {
  return OUTPUTS.has(item['type']) && typeof item['call_id'] === 'string';
}

/** Whether the model wrote it, so that it has read what stands before it. */
export function isOfModel(item: Fields): boolean {
  return item['role'] === 'assistant' || (item['role'] === undefined && MODEL_ITEMS.has(item['type']));
}

export function* outputTexts({ output }: Fields): Generator<ResponsesOutputText> {
  if (typeof output === 'string') yield { path: ['output'], partIndex: undefined, text: output };
  if (!Array.isArray(output)) return;
  for (const [partIndex, part] of (output as readonly unknown[]).entries()) {
    const text = inputText(part);
    if (text !== undefined) yield { path: ['output', partIndex, 'text'], partIndex, text };
  }
}

/** The text of an `input_text` part. */
export function inputText(part: unknown): string | undefined {
  if (typeof part !== 'object' || part === null) return undefined;
  const { type, text } = part as Fields;
  return type === 'input_text' && typeof text === 'string' ? text : undefined;
}

/** The call that an item makes, if it makes one. */
export function responsesCall(item: Fields): ResponsesCall | undefined {
  const { type, call_id: id, name } = item;
  if (type === 'function_call') return { id, name, arguments: item['arguments'] };
  return type === 'custom_tool_call' ? { id, name, arguments: item['input'] } : undefined;
}
