/** A conversation whose tool results are measured, and what must still be found in them. */
export interface BenchmarkCase {
  readonly name: string;
  readonly kind: string;
  /** OpenAI chat messages. */
  readonly messages: readonly ChatMessage[];
  readonly needles: readonly Needle[];
}

export interface ChatMessage {
  readonly role: string;
  readonly content?: unknown;
  readonly [key: string]: unknown;
}

/** Part of an answer, as it stands in a tool result. */
export interface Needle {
  readonly text: string;
  /** What makes it worth asking for: `outlier`, `queried-record`, ... */
  readonly kind?: string | undefined;
  /** Only results before this message count: an agent used the words there. */
  readonly before?: number | undefined;
}

/** One tool result, and what somebody asked about it. */
export interface ToolOutput {
  readonly name: string;
  readonly kind: string;
  readonly tool: string;
  readonly arguments: unknown;
  readonly text: string;
  readonly questions: readonly { readonly query: string; readonly needles: readonly Needle[] }[];
}

/** One case per question, since what is left out depends on what was asked; one with a general question if there is none. */
export function casesOf({ name, kind, tool, arguments: input, text, questions }: ToolOutput): readonly BenchmarkCase[] {
  const asked = questions.length > 0 ? questions : [{ query: 'What is in this output?', needles: [] }];
  const call = { id: 'call_1', type: 'function', function: { name: tool, arguments: JSON.stringify(input) } };
  return asked.map(({ query, needles }, index) => ({
    name: index === 0 ? name : `${name}#${index + 1}`,
    kind,
    messages: [
      { role: 'user', content: query },
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'call_1', content: text },
    ],
    needles,
  }));
}

/** The text of a message's content: a string, or the text parts of a list. */
export function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (Array.isArray(content)) {
    const parts = content as readonly { readonly type?: unknown; readonly text?: unknown }[];
    return parts.flatMap(({ type, text }) => (type === 'text' ? [String(text)] : [])).join('\n');
  }
  return content === undefined || content === null ? '' : JSON.stringify(content);
}
