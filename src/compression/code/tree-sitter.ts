import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CodeLanguage } from './code-language.ts';
import { parseBounded } from './parse-bounded.ts';
import { createParserRuntime, findParserPackage, type ParserRuntime } from './parser-runtime.ts';
import type { SyntaxNode } from './syntax-tree.ts';
import { isUnlikeSource } from './unlike-source.ts';

/** Parses source code of one language. */
export interface Grammar {
  readonly language: CodeLanguage;
  /**
   * What `read` makes of the syntax tree of a text, which exists only for so long. `undefined` when the text is
   * unlike any source, or takes more work than one: never for how long that took. Throws when the parser breaks.
   */
  readonly parse: <Result>(text: string, read: (root: SyntaxNode) => Result) => Result | undefined;
  /** Whether it has not broken yet. One that has is loaded anew. */
  readonly isWhole: () => boolean;
}

/** Loads the grammar of a language; `undefined` where none is installed. Rejects when it is there and can not be used. */
export type LoadGrammar = (language: CodeLanguage) => Promise<Grammar | undefined>;

/** An instance of the parser with the grammars that were loaded into it. */
interface Instance {
  readonly runtime: Promise<ParserRuntime | undefined>;
  readonly grammars: Map<CodeLanguage, Promise<Grammar | undefined>>;
  isWhole: boolean;
}

/** A loader over the package that `find` finds. Loads each part once, and all of it anew after the parser has broken. */
export function createGrammarLoader(find: () => string | undefined = findParserPackage): LoadGrammar {
  let instance: Instance | undefined;
  return (language) => {
    if (instance?.isWhole !== true) {
      const path = find();
      const runtime = path === undefined ? Promise.resolve(undefined) : createParserRuntime(path);
      instance = { runtime, grammars: new Map(), isWhole: true };
    }
    const known = instance.grammars.get(language);
    if (known !== undefined) return known;
    const loading = loadLanguage(language, instance);
    instance.grammars.set(language, loading);
    return loading;
  };
}

async function loadLanguage(language: CodeLanguage, instance: Instance): Promise<Grammar | undefined> {
  const runtime = await instance.runtime;
  if (runtime === undefined) return undefined;
  const bytes = await readFile(join(runtime.folder, `tree-sitter-${language}.wasm`));
  const grammar = await runtime.Language.load(bytes);
  return {
    language,
    isWhole: () => instance.isWhole,
    parse: (text, read) => {
      if (!instance.isWhole || isUnlikeSource(text, language)) return undefined;
      try {
        return parseWith(runtime, grammar, text, read);
      } catch (error) {
        // Out of memory, or out of its bounds: what it says from now on is anyone's guess.
        if (error instanceof WebAssembly.RuntimeError) instance.isWhole = false;
        throw error;
      }
    },
  };
}

/** Memory of WebAssembly is not collected: what is made here is freed here. */
function parseWith<Result>(
  { Parser }: ParserRuntime,
  grammar: unknown,
  text: string,
  read: (root: SyntaxNode) => Result,
): Result | undefined {
  const parser = new Parser();
  try {
    parser.setLanguage(grammar);
    const tree = parseBounded(parser, text);
    if (tree === undefined) return undefined;
    try {
      return read(tree.rootNode);
    } finally {
      tree.delete();
    }
  } finally {
    parser.delete();
  }
}
