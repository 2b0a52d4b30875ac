import type { CodeLanguage } from './code-language.ts';
import { createGrammarLoader, type Grammar } from './tree-sitter.ts';

/** What parses code, by language. Holds no language whose grammar is not installed. */
export type Grammars = ReadonlyMap<CodeLanguage, Grammar>;

/** Code below this is too little to leave something out of, and above it too much to parse. */
export const SHORTEST_SOURCE_CHARS = 2_000;
export const LONGEST_SOURCE_CHARS = 600_000;

const loadGrammar = createGrammarLoader();
const reported = new Set<CodeLanguage>();

/** Those of the grammars that are installed and work. Tells of each once that is installed and fails. */
export async function loadGrammars(
  languages: readonly CodeLanguage[],
  onFault: (error: unknown) => void,
): Promise<Grammars> {
  const grammars = new Map<CodeLanguage, Grammar>();
  for (const language of languages) {
    try {
      const grammar = await loadGrammar(language);
      if (grammar !== undefined) grammars.set(language, grammar);
    } catch (error) {
      if (!reported.has(language)) onFault(error);
      reported.add(language);
    }
  }
  return grammars;
}
