import { languagesOf } from './code/language-signs.ts';
import { readSourceLines } from './code/source-lines.ts';
import type { CodeContent } from './content.ts';

const LONGEST_TEXT = 2_000_000;

/** Source code, if a good part of the lines look like those of one language. What parses it has the last word. */
export function recogniseCode(text: string): CodeContent | undefined {
  if (text.length > LONGEST_TEXT || !text.includes('\n')) return undefined;
  const source = readSourceLines(text);
  const languages = languagesOf(source.code);
  return languages.length === 0 ? undefined : { kind: 'code', text, lines: text.split('\n'), source, languages };
}
