import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CodeLanguage } from './code-language.ts';

/** A position in a text: row and column are counted from 0, columns in UTF-16 units. */
export interface SyntaxPoint {
  readonly row: number;
  readonly column: number;
}

/** What is used of a node of web-tree-sitter. */
export interface SyntaxNode {
  readonly type: string;
  readonly isNamed: boolean;
  readonly isError: boolean;
  readonly isMissing: boolean;
  /** Whether there is an error anywhere in it. */
  readonly hasError: boolean;
  readonly startPosition: SyntaxPoint;
  readonly endPosition: SyntaxPoint;
  readonly text: string;
  /** Tells nodes of one tree apart. */
  readonly id: number;
  readonly firstChild: SyntaxNode | null;
  readonly lastChild: SyntaxNode | null;
  readonly firstNamedChild: SyntaxNode | null;
  readonly lastNamedChild: SyntaxNode | null;
  readonly children: readonly (SyntaxNode | null)[];
  childForFieldName(name: string): SyntaxNode | null;
}

interface SyntaxTree {
  readonly rootNode: SyntaxNode;
  delete(): void;
}

interface SyntaxParser {
  setLanguage(language: unknown): unknown;
  parse(
    read: (index: number) => string,
    oldTree: null,
    options: { readonly progressCallback: () => boolean },
  ): SyntaxTree | null;
  delete(): void;
}

interface Runtime {
  readonly Parser: { new (): SyntaxParser; init(): Promise<void> };
  readonly Language: { load(bytes: Uint8Array): Promise<unknown> };
  /** Where the grammars are. */
  readonly folder: string;
}

/** Parses source code of one language. */
export interface Grammar {
  readonly language: CodeLanguage;
  /**
   * What `read` makes of the syntax tree of a text, which exists only for so long. `undefined` when the text takes more
   * work to parse than a text of its length should. Never depends on how long that took.
   */
  readonly parse: <Result>(text: string, read: (root: SyntaxNode) => Result) => Result | undefined;
}

/** Loads the grammar of a language; `undefined` where none is installed. Rejects when it is there and can not be used. */
export type LoadGrammar = (language: CodeLanguage) => Promise<Grammar | undefined>;

const PACKAGE = '@vscode/tree-sitter-wasm';

/** The parser asks for so many characters at a time: its buffer holds 5,120. */
const CHUNK_CHARS = 2_048;
/** How often, on average, a text may be read, and how many steps a character may take, before it is given up. */
const MOST_READS = 30;
const FREE_READS = 200;
/** It reports after each hundred steps; sources take one report for 100 to 200 characters. */
const MOST_REPORTS_PER_CHARACTER = 0.1;
const FREE_REPORTS = 1_000;

/** A loader over a package in a folder that `find` knows, or `undefined` where it is not installed. Loads each part once. */
export function createGrammarLoader(find: () => string | undefined = findPackage): LoadGrammar {
  let runtime: Promise<Runtime | undefined> | undefined;
  const grammars = new Map<CodeLanguage, Promise<Grammar | undefined>>();
  return (language) => {
    const known = grammars.get(language);
    if (known !== undefined) return known;
    runtime ??= loadRuntime(find);
    const loading = loadLanguage(language, runtime);
    grammars.set(language, loading);
    return loading;
  };
}

/** By path and not by name, so that bundlers do not look for a package that need not be there. */
function findPackage(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(PACKAGE);
  } catch {
    return undefined;
  }
}

async function loadRuntime(find: () => string | undefined): Promise<Runtime | undefined> {
  const path = find();
  if (path === undefined) return undefined;
  const { default: module } = (await import(pathToFileURL(path).href)) as { default: Omit<Runtime, 'folder'> };
  await module.Parser.init();
  return { Parser: module.Parser, Language: module.Language, folder: dirname(path) };
}

async function loadLanguage(
  language: CodeLanguage,
  loading: Promise<Runtime | undefined>,
): Promise<Grammar | undefined> {
  const runtime = await loading;
  if (runtime === undefined) return undefined;
  const bytes = await readFile(join(runtime.folder, `tree-sitter-${language}.wasm`));
  const grammar = await runtime.Language.load(bytes);
  return { language, parse: (text, read) => parseWith(runtime, grammar, text, read) };
}

/** Memory of WebAssembly is not collected: what is made here is freed here. */
function parseWith<Result>(
  { Parser }: Runtime,
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

/** Counts what the parser does, as a clock would not say the same twice. */
function parseBounded(parser: SyntaxParser, text: string): SyntaxTree | undefined {
  let reads = FREE_READS + (text.length / CHUNK_CHARS) * MOST_READS;
  let reports = FREE_REPORTS + text.length * MOST_REPORTS_PER_CHARACTER;
  const isSpent = (): boolean => reads <= 0 || reports <= 0;
  // Nodes read their text through this as well, once the tree is there.
  let isParsing = true;
  const read = (index: number): string => {
    if (isParsing) reads--;
    return isParsing && isSpent() ? '' : text.slice(index, index + CHUNK_CHARS);
  };
  const progressCallback = (): boolean => {
    reports--;
    return isSpent();
  };
  const tree = parser.parse(read, null, { progressCallback });
  isParsing = false;
  if (tree === null) return undefined;
  if (!isSpent()) return tree;
  tree.delete();
  return undefined;
}
