export interface SourceImport {
  readonly specifier: string;
  /** Whether it is gone at run time. A list of `type` names is not: it leaves an import without names behind. */
  readonly typeOnly: boolean;
}

const STATEMENT =
  /^\s*(?:import|export)\s+(type\s+(?!from\b))?(?:[\w$*{}\s,]*?\sfrom\s*)?['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/gm;

/** The modules that a TypeScript source imports or re-exports from, in order, dynamic imports of a literal included. */
export function importsOf(text: string): readonly SourceImport[] {
  return [...withoutComments(text).matchAll(STATEMENT)].map(([, type, specifier, dynamic]) => ({
    specifier: specifier ?? dynamic ?? '',
    typeOnly: type !== undefined,
  }));
}

/** The text less its comments. It takes `//` in a string for a comment, which hides the rest of that line. */
export function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(?<!:)\/\/.*$/gm, '');
}
