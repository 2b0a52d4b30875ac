/** What a model answered, as messages: content of the AI SDK, a message of LangChain, or items of the OpenAI Agents SDK. */
export function answerOf(result: unknown): readonly unknown[] {
  const { content, answer, response } = (result ?? {}) as Readonly<Record<string, unknown>>;
  const { output } = (response ?? {}) as { readonly output?: unknown };
  if (Array.isArray(output)) return output;
  if (answer !== undefined) return [answer];
  return content === undefined ? [] : [{ role: 'assistant', content }];
}
