import type { CodeLanguage } from './code-language.ts';
import { createGrammarLoader, type Grammar, type LoadGrammar } from './tree-sitter.ts';

/** What parses code, by language. Holds no language whose grammar is not installed. */
export type Grammars = ReadonlyMap<CodeLanguage, Grammar>;

/** Code below this is too little to leave something out of, and above it too much to parse. */
export const SHORTEST_SOURCE_CHARS = 2_000;
export const LONGEST_SOURCE_CHARS = 250_000;

/** Whether none of them has broken since it was loaded. */
export function areWhole(grammars: Grammars): boolean {
  return [...grammars.values()].every((grammar) => grammar.isWhole());
}

/** Loads those of the grammars that are installed and work, and tells once of each failure to load one. */
export type LoadGrammars = (languages: readonly CodeLanguage[], onFault: (error: unknown) => void) => Promise<Grammars>;

/** A `LoadGrammars` over a loader of one grammar. */
export function createGrammarsLoader(loadGrammar: LoadGrammar): LoadGrammars {
  const reported = new Set<unknown>();
  return async (languages, onFault) => {
    const grammars = new Map<CodeLanguage, Grammar>();
    for (const language of languages) {
      try {
        const grammar = await loadGrammar(language);
        if (grammar !== undefined) grammars.set(language, grammar);
      } catch (error) {
        if (!reported.has(error)) onFault(error);
        reported.add(error);
      }
    }
    return grammars;
  };
}

export const loadGrammars: LoadGrammars = createGrammarsLoader(createGrammarLoader());
