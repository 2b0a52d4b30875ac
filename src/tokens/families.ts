/**
 * Families of models that share a tokenizer, or an estimate of one. `claude` is Claude 3 to 4.6, `claude-4.7` everything
 * since Opus 4.7, `claude-2` what came before; `llama` is Llama 3; `mistral` is Tekken and `mistral-32k` the vocabularies of
 * 32 thousand tokens of Mistral's and Meta's earlier models.
 */
export type TokenFamily =
  | 'o200k'
  | 'cl100k'
  | 'claude'
  | 'claude-4.7'
  | 'claude-2'
  | 'gemini'
  | 'llama'
  | 'llama-4'
  | 'mistral'
  | 'mistral-32k'
  | 'qwen'
  | 'deepseek';

type Row = readonly [family: TokenFamily, names: readonly string[]];

/**
 * Parts of a model's id, each at the start of a word. The first row that matches decides: a name that contains another
 * (`gpt-4o`, `gpt-4`) comes before it, whose tokenizer it is (`deepseek-r1-distill-llama`) before who trained it, and both
 * before who serves it.
 */
const BY_MODEL: readonly Row[] = [
  ['claude', ['claude']],
  ['gemini', ['gemini', 'gemma', 'codegemma', 'medgemma', 'learnlm', 'palm', 'text-bison', 'chat-bison', 'code-bison']],
  ['mistral-32k', ['mistral-7b', 'mixtral', 'mathstral', 'codestral-22b', 'codestral-2405', 'codestral-mamba']],
  ['mistral-32k', ['mistral-tiny', 'mistral-medium-2312', 'mistral-small-2402', 'mistral-small-2409']],
  ['mistral-32k', ['mistral-large-2402', 'mistral-large-2407', 'mistral-large-2411']],
  ['mistral-32k', ['llama-2', 'llama2', 'codellama', 'tinyllama', 'phi-3', 'phi3']],
  ['mistral', ['mistral', 'codestral', 'ministral', 'magistral', 'devstral', 'pixtral', 'voxtral']],
  ['llama-4', ['llama-4', 'llama4']],
  ['llama', ['llama']],
  ['qwen', ['qwen', 'qwq', 'qvq', 'codeqwen']],
  ['deepseek', ['deepseek']],
  ['o200k', ['gpt-4o', 'gpt-4.1', 'gpt-4.5', 'gpt-5', 'gpt-oss', 'chatgpt', 'codex', 'o1', 'o3', 'o4']],
  ['cl100k', ['gpt-4', 'gpt-3.5', 'gpt-35', 'text-embedding', 'phi-4', 'phi4']],
];

/** Parts of a provider's name, or of the prefix that a gateway puts before a model's id. */
const BY_PROVIDER: readonly Row[] = [
  ['claude', ['anthropic', 'bedrock']],
  ['mistral', ['mistral']],
  ['o200k', ['openai', 'azure']],
  ['gemini', ['google', 'vertex']],
  ['llama', ['ollama', 'groq', 'meta']],
];

/** The first version in a Claude id, where dates are not versions: 4.7 in `claude-opus-4-7-20260416`, 3 in `claude-3-haiku`. */
const CLAUDE_VERSION = /(?<!\d)(\d{1,2})(?:[-.](\d{1,2}))?(?!\d)/;

function familyOfClaude(id: string): TokenFamily {
  const version = CLAUDE_VERSION.exec(id.slice(id.indexOf('claude')));
  if (version === null) return id.includes('claude-instant') ? 'claude-2' : 'claude';
  const [major, minor] = [Number(version[1]), Number(version[2] ?? 0)];
  if (major < 3) return 'claude-2';
  return major > 4 || (major === 4 && minor >= 7) ? 'claude-4.7' : 'claude';
}

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
  const family = familyIn(BY_MODEL, id);
  if (family === 'claude') return familyOfClaude(id);
  return (
    family ??
    (provider === undefined ? undefined : familyIn(BY_PROVIDER, provider.toLowerCase())) ??
    familyIn(BY_PROVIDER, id) ??
    'o200k'
  );
}
