import { readFileSync } from 'node:fs';
import type { CodeLanguage } from '../src/compression/code/code-language.ts';
import { CODE_LANGUAGES } from '../src/compression/code/code-language.ts';
import { loadGrammars } from '../src/compression/code/load-grammars.ts';

export interface CodeFixture {
  readonly file: string;
  readonly language: CodeLanguage;
  readonly text: string;
  /** How lines that declare something begin. */
  readonly signature: RegExp;
}

const fixture = (file: string, language: CodeLanguage, signature: RegExp): CodeFixture => ({
  file,
  language,
  text: readFileSync(new URL(`./fixtures/code/${file}.txt`, import.meta.url), 'utf8'),
  signature,
});

/** Sources of a small shop, one for each language. */
export const CODE_FIXTURES: readonly CodeFixture[] = [
  fixture('orders.py', 'python', /^ *(?:def|class|from|import|@\w) ?\w/),
  fixture('cart.ts', 'typescript', /^(?:import|export) |^ {2}(?:async |get )?#?\w+\(.*\{$/),
  fixture('cart.test.js', 'javascript', /^import |^describe\(/),
  fixture('Panel.tsx', 'tsx', /^(?:import|export|function|interface) /),
  fixture('ledger.go', 'go', /^(?:func|type|package|var|const|import) ?/),
  fixture('Inventory.java', 'java', /^(?:import|package) |^ {2,4}(?:public|private|Reservation\() ?.*[{;]$/),
  fixture('queue.rs', 'rust', /^(?: {4})?(?:pub )?(?:fn|struct|enum|trait|impl|const|use|mod) ?\w/),
  fixture(
    'cache.cpp',
    'cpp',
    /^#include|^(?:template|class|struct|enum|std::string|const char) |^ {2}(?!if|for|switch)\w[\w<> :&]*\(.*\{$/,
  ),
  fixture('report.rb', 'ruby', /^ *(?:def|class|module|require|attr_reader|include) ?\w/),
  fixture('deploy.sh', 'bash', /^\w+\(\) \{$|^readonly /),
  fixture('Invoice.php', 'php', /^(?:use|namespace|final class|function) |^ {4}(?:public|private) (?:function|const) /),
  fixture('Shipment.cs', 'c-sharp', /^(?:using|namespace) |^ {4,8}public (?!event)/),
];

/** A fixture by its name. */
export function codeFixture(file: string): CodeFixture {
  const found = CODE_FIXTURES.find((one) => one.file === file);
  if (found === undefined) throw new Error(`There is no fixture ${file}.`);
  return found;
}

/** Every grammar, loaded. */
export const grammars = await loadGrammars(CODE_LANGUAGES, (error) => {
  throw error;
});

const GAP = /^[ \t]*(?:[→|:] ?)?[ \t]*(?:\.\.\. {2}|: {2})?(?:#|\/\/|\/\*) lines? (\d+)(?:-(\d+))? left out/;

/** Puts the lines of the source back where an outline says that they were: the source, if the outline says the truth. */
export function fillGaps(outline: string, source: string): string {
  const lines = source.split('\n');
  return outline
    .split('\n')
    .flatMap((line) => {
      const [match, first = '', last = first] = GAP.exec(line) ?? [];
      return match === undefined ? [line] : lines.slice(Number(first) - 1, Number(last));
    })
    .join('\n');
}

/** The lines that an outline says are left out. */
export function linesSaidToBeMissing(outline: string): readonly number[] {
  return outline.split('\n').flatMap((line) => {
    const [match, first = '', last = first] = GAP.exec(line) ?? [];
    if (match === undefined) return [];
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => Number(first) + index);
  });
}
