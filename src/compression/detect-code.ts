import { languagesOf } from './code/tell-language.ts';
import { readSourceLines } from './code/source-lines.ts';
import type { CodeContent } from './content.ts';

const LONGEST_TEXT = 2_000_000;

/** Source code, if many of the lines look like those of one language, as those of tables and logs do not by chance. */
export function recogniseSureCode(text: string): CodeContent | undefined {
  return recognise(text, true);
}

/** Source code, if a good part of the lines look like those of one language. What parses it has the last word. */
export function recogniseCode(text: string): CodeContent | undefined {
  return recognise(text, false);
}

function recognise(text: string, isSure: boolean): CodeContent | undefined {
  if (text.length > LONGEST_TEXT || !text.includes('\n')) return undefined;
  const source = readSourceLines(text);
  const languages = languagesOf(source.code, { isSure });
  return languages.length === 0 ? undefined : { kind: 'code', text, lines: text.split('\n'), source, languages };
}
