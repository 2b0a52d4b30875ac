/**
 * Whether the provider is asked to drop old tool results from what it is sent, so that nothing may refer to them:
 * Anthropic's context editing (https://platform.claude.com/docs/en/build-with-claude/context-editing), and OpenAI's
 * `truncation: 'auto'` (https://platform.openai.com/docs/api-reference/responses/create).
 */
export function dropsOldResults(providerOptions: Readonly<Record<string, unknown>> | undefined): boolean {
  return Object.values(providerOptions ?? {}).some((options) => {
    if (typeof options !== 'object' || options === null) return false;
    const { contextManagement, truncation } = options as Readonly<Record<string, unknown>>;
    return (contextManagement !== undefined && contextManagement !== null) || truncation === 'auto';
  });
}
