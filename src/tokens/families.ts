/** Families of models that share a tokenizer, or an estimate of one. */
export type TokenFamily = 'o200k' | 'cl100k' | 'claude' | 'gemini' | 'llama' | 'mistral';

type Row = readonly [family: TokenFamily, names: readonly string[]];

/**
 * Parts of a model's id, each at the start of a word. The first row that matches decides: a name that contains another
 * (`gpt-4o`, `gpt-4`) comes before it, and whose tokenizer it is comes before who serves it.
 */
const BY_MODEL: readonly Row[] = [
  ['claude', ['claude']],
  ['gemini', ['gemini', 'gemma', 'codegemma', 'medgemma', 'learnlm', 'palm', 'text-bison', 'chat-bison', 'code-bison']],
  [
    'mistral',
    ['mistral', 'mixtral', 'codestral', 'ministral', 'magistral', 'devstral', 'pixtral', 'voxtral', 'mathstral'],
  ],
  ['llama', ['llama', 'codellama', 'tinyllama']],
  ['o200k', ['gpt-4o', 'gpt-4.1', 'gpt-4.5', 'gpt-5', 'gpt-oss', 'chatgpt', 'codex', 'o1', 'o3', 'o4']],
  ['cl100k', ['gpt-4', 'gpt-3.5', 'gpt-35', 'text-embedding']],
];

/** Parts of a provider's name, or of the prefix that a gateway puts before a model's id. */
const BY_PROVIDER: readonly Row[] = [
  ['claude', ['anthropic', 'bedrock']],
  ['mistral', ['mistral']],
  ['o200k', ['openai', 'azure']],
  ['gemini', ['google', 'vertex']],
  ['llama', ['ollama', 'groq', 'meta']],
];

function isAlphanumeric(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || isDigit(code);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Whether `name` stands at the start of a word of `text`; a name that ends in a digit does not end inside a number. */
function hasWord(text: string, name: string): boolean {
  const endsInDigit = isDigit(name.charCodeAt(name.length - 1));
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const startsWord = at === 0 || !isAlphanumeric(text.charCodeAt(at - 1));
    const splitsNumber = endsInDigit && isDigit(text.charCodeAt(at + name.length));
    if (startsWord && !splitsNumber) return true;
  }
  return false;
}

function familyIn(rows: readonly Row[], text: string): TokenFamily | undefined {
  return rows.find(([, names]) => names.some((name) => hasWord(text, name)))?.[0];
}

/**
 * The family of a model, by its id, whatever prefix, date or size it carries (`us.anthropic.claude-sonnet-4-5-v1:0`,
 * `openrouter/openai/gpt-5-mini`) and, where the id says nothing, by its provider. Never fails: unknown ids are `o200k`.
 */
export function tokenFamilyOf(model: string, provider?: string): TokenFamily {
  const id = model.toLowerCase();
  return (
    familyIn(BY_MODEL, id) ??
    (provider === undefined ? undefined : familyIn(BY_PROVIDER, provider.toLowerCase())) ??
    familyIn(BY_PROVIDER, id) ??
    'o200k'
  );
}
