import { languagesOf, readLineSigns, type LineSigns } from './code/tell-language.ts';
import { readSourceLines, type SourceLines } from './code/source-lines.ts';
import type { CodeContent } from './content.ts';

const LONGEST_TEXT = 2_000_000;

interface ReadSource {
  readonly source: SourceLines;
  readonly signs: LineSigns;
}

/** A text looked at as source code, when that is asked first, and once. */
export class PossibleSource {
  readonly #text: string;
  #isRead = false;
  #read: ReadSource | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** If many of the lines look like those of one language, as those of tables and logs do not by chance. */
  sureCode(): CodeContent | undefined {
    return this.#code(true);
  }

  /** If a good part of the lines look like those of one language. What parses it has the last word. */
  code(): CodeContent | undefined {
    return this.#code(false);
  }

  #code(isSure: boolean): CodeContent | undefined {
    if (!this.#isRead) this.#read = readSource(this.#text);
    this.#isRead = true;
    if (this.#read === undefined) return undefined;
    const text = this.#text;
    const { source, signs } = this.#read;
    const languages = languagesOf(signs, { isSure });
    return languages.length === 0 ? undefined : { kind: 'code', text, lines: text.split('\n'), source, languages };
  }
}

function readSource(text: string): ReadSource | undefined {
  if (text.length > LONGEST_TEXT || !text.includes('\n')) return undefined;
  const source = readSourceLines(text);
  const signs = readLineSigns(source.code);
  return signs === undefined ? undefined : { source, signs };
}
