/** The provider and the id of a model of the AI SDK, or the name that stands for one, as far as it says. */
export function nameOfModel(model: unknown): { readonly provider?: string; readonly model?: string } {
  if (typeof model === 'string') return { model };
  const { provider, modelId } = (model ?? {}) as { readonly provider?: unknown; readonly modelId?: unknown };
  return {
    ...(typeof provider === 'string' ? { provider } : {}),
    ...(typeof modelId === 'string' ? { model: modelId } : {}),
  };
}
