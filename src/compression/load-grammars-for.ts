import { loadGrammars, LONGEST_SOURCE_CHARS, SHORTEST_SOURCE_CHARS, type Grammars } from './code/load-grammars.ts';
import type { CodeLanguage } from './code/code-language.ts';
import type { Content } from './content.ts';
import type { InnerTexts } from './envelopes/inner-texts.ts';

/** Texts within texts are looked into so deep. */
const DEEPEST = 3;

/**
 * Loads what it takes to parse the code in a text, so that what becomes of it never depends on whether a grammar happens
 * to be loaded. Tells of each grammar once that is installed and fails. Gives grammars of installed languages alone.
 */
export async function loadGrammarsFor(
  content: Content,
  inner: InnerTexts,
  onFault: (error: unknown) => void,
): Promise<Grammars | undefined> {
  if (content.text.length < SHORTEST_SOURCE_CHARS) return undefined;
  const languages = [...new Set(languagesWithin(content, inner, DEEPEST))];
  return languages.length === 0 ? undefined : loadGrammars(languages, onFault);
}

function languagesWithin(content: Content, inner: InnerTexts, depth: number): readonly CodeLanguage[] {
  if (content.kind === 'code') return content.text.length > LONGEST_SOURCE_CHARS ? [] : content.languages;
  if (content.kind !== 'envelope' || depth === 0) return [];
  const { envelope, whole } = content;
  const parts = envelope.frame === 'strings' ? [] : envelope.parts;
  const within = parts.filter((part) => part.text.length >= SHORTEST_SOURCE_CHARS);
  return [
    ...languagesWithin(whole, inner, depth - 1),
    ...within.flatMap((part) => languagesWithin(inner.read(part.text), inner, depth - 1)),
  ];
}
