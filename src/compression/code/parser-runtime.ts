import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { SyntaxParser } from './syntax-tree.ts';

/** One instance of web-tree-sitter, with a memory of its own. */
export interface ParserRuntime {
  readonly Parser: { new (): SyntaxParser; init(options: object): Promise<void> };
  readonly Language: { load(bytes: Uint8Array): Promise<unknown> };
  /** Where the grammars are. */
  readonly folder: string;
}

const PACKAGE = '@vscode/tree-sitter-wasm';
const PAGE_BYTES = 65_536;
const INITIAL_BYTES = 32 * 1024 * 1024;
/** A source of 250,000 characters takes a part of it. What wants more is no source that anyone wrote. */
const MOST_BYTES = 256 * 1024 * 1024;

/** The main file of the package that parses, or `undefined` where it is not installed. */
export function findParserPackage(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(PACKAGE);
  } catch {
    return undefined;
  }
}

/**
 * A new instance. By path and not by name, so that bundlers do not look for a package that need not be there; and anew
 * each time, as what has trapped once can not be trusted again.
 */
export async function createParserRuntime(path: string): Promise<ParserRuntime> {
  const { Parser, Language } = requireAnew(path) as Omit<ParserRuntime, 'folder'>;
  const wasmMemory = new WebAssembly.Memory({ initial: INITIAL_BYTES / PAGE_BYTES, maximum: MOST_BYTES / PAGE_BYTES });
  await Parser.init({ wasmMemory, print: () => {}, printErr: () => {} });
  return { Parser, Language, folder: dirname(path) };
}

/** Leaves to others the instance that they may have. */
function requireAnew(path: string): unknown {
  const require = createRequire(path);
  const known = require.cache[path];
  delete require.cache[path];
  try {
    return require(path);
  } finally {
    if (known === undefined) delete require.cache[path];
    else require.cache[path] = known;
  }
}
