import { sampleLines } from '../sample-lines.ts';
import type { CodeLanguage } from './code-language.ts';
import { FOREIGN_SIGNS, LANGUAGE_SIGNS, type SignedLanguage } from './language-signs.ts';

/** Lines that are looked at: the first ones, and from a longer text as many again, evenly spread. */
const SAMPLE_LINES = 70;
/** Of a line no more than this is looked at. */
const HEAD_CHARS = 160;
const FEWEST_LINES = 12;
/** Lines that only one language has: so many at least, and so large a part of the lines that are not blank or comments. */
const FEWEST_STRONG = 3;
const LEAST_STRONG_SHARE = 0.04;
/** Of those lines so many at least look like some line of that language. */
const LEAST_SHARE = 0.3;
/** From these on there is no need to ask what else the lines could be. */
const SURE_STRONG_SHARE = 0.15;
const SURE_SHARE = 0.6;
/** Of all lines so many at most are what documents and transcripts are made of. */
const MOST_OTHER_SHARE = 0.08;
/** What has this part of the best score may be the language as well: the parser decides between so many. */
const RIVAL_SHARE = 0.6;
const MOST_LANGUAGES = 2;
/** Longer lines on average are code that was made for machines. */
const LONGEST_AVERAGE_LINE = 200;

const COMMENT =
  /^\s*(?:\/\/|\/\*|\*|#(?![a-z!]|\s*(?:include|define|ifn?def|if|endif|pragma|undef|elif)\b)|"""|'''|--\s)/;
/** Fences, headings with text under them, prompts of shells and of interpreters, list items, sentences. */
const OTHER =
  /^\s*(?:```|~~~|>>> |In \[\d|[•▪] )|^\$ \w|^(?:- |\d+\. )[A-Z`]|^[A-Z][a-z']+ (?:[a-z']+,? ){4,}[^;{}()=]*$/;
const JSX = /^\s*(?:return )?\(?<[A-Z>a-z][^<]*>?\s*$|^\s*<\/\w[\w.]*>[;,)]*$|\/>[;,)]*$/;

/** How a sample of lines looks. */
export interface LineSigns {
  readonly told: CodeLanguage | undefined;
  readonly heads: readonly string[];
  /** Lines that only this language has. */
  readonly strong: ReadonlyMap<SignedLanguage, number>;
  readonly foreign: number;
}

/** Looks at a sample of lines; `undefined` when they are surely no code. */
export function readLineSigns(lines: readonly string[]): LineSigns | undefined {
  if (lines.length < FEWEST_LINES || averageLength(lines) > LONGEST_AVERAGE_LINE) return undefined;
  const heads: string[] = [];
  for (const line of sampleLines(lines, SAMPLE_LINES)) {
    const head = line.slice(0, HEAD_CHARS).trimEnd();
    if (head !== '' && !COMMENT.test(head)) heads.push(head);
  }
  if (heads.length < FEWEST_LINES / 2 || countOf(heads, OTHER) > heads.length * MOST_OTHER_SHARE) return undefined;
  const strong = new Map(LANGUAGE_SIGNS.map(([language, signs]) => [language, countOf(heads, signs.strong)]));
  const mayBeCode = Math.max(...strong.values()) >= FEWEST_STRONG;
  const foreign = mayBeCode ? Math.max(...FOREIGN_SIGNS.map((signs) => countOf(heads, signs))) : 0;
  return { told: toldLanguage(lines), heads, strong, foreign };
}

/**
 * The languages in which lines may be written, the likeliest first, or none when they are not code. Told by how a sample
 * of the lines looks: what parses them decides.
 */
export function languagesOf(
  { told, heads, strong, foreign }: LineSigns,
  { isSure = false }: { readonly isSure?: boolean } = {},
): readonly CodeLanguage[] {
  if (told !== undefined) return [told];
  const leastStrong = isSure ? SURE_STRONG_SHARE : LEAST_STRONG_SHARE;
  const least = isSure ? SURE_SHARE : LEAST_SHARE;
  const fewest = Math.max(FEWEST_STRONG, heads.length * leastStrong, foreign + 1);
  const scores = LANGUAGE_SIGNS.flatMap(([language, signs]) => {
    const count = strong.get(language) ?? 0;
    if (count < fewest) return [];
    const known = heads.reduce((sum, head) => sum + (signs.strong.test(head) || signs.weak.test(head) ? 1 : 0), 0);
    return known < heads.length * least ? [] : [{ language, score: count + known / 4 }];
  });
  scores.sort((one, other) => other.score - one.score);
  const rival = (scores[0]?.score ?? 0) * RIVAL_SHARE;
  const likely = scores.filter(({ score }) => score >= rival);
  const script = { typed: strong.get('typescript') ?? 0, jsx: likely.length === 0 ? 0 : countOf(heads, JSX) };
  const found = likely.flatMap(({ language }) => dialectsOf(language, script));
  return [...new Set(found)].slice(0, MOST_LANGUAGES);
}

function countOf(heads: readonly string[], signs: RegExp): number {
  let count = 0;
  for (const head of heads) if (signs.test(head)) count++;
  return count;
}

/** The language that a first line names. */
function toldLanguage(lines: readonly string[]): CodeLanguage | undefined {
  const first = (lines.find((line) => line.trim() !== '') ?? '').slice(0, HEAD_CHARS);
  if (/^<\?php\b/.test(first)) return 'php';
  const [, program] = /^#!.{0,60}[/ ](python|bash|sh|dash|zsh|ruby|node|php|pwsh)/.exec(first) ?? [];
  return program === undefined ? undefined : PROGRAMS.get(program);
}

const PROGRAMS: ReadonlyMap<string, CodeLanguage> = new Map([
  ['python', 'python'],
  ['bash', 'bash'],
  ['sh', 'bash'],
  ['dash', 'bash'],
  ['zsh', 'bash'],
  ['ruby', 'ruby'],
  ['node', 'javascript'],
  ['php', 'php'],
  ['pwsh', 'powershell'],
]);

function averageLength(lines: readonly string[]): number {
  let length = 0;
  for (const line of lines) length += line.length;
  return length / lines.length;
}

/** JavaScript with a few types is TypeScript, or Flow, which its grammars read best. */
function dialectsOf(
  language: SignedLanguage,
  { typed, jsx }: { readonly typed: number; readonly jsx: number },
): readonly CodeLanguage[] {
  if (language !== 'javascript' && language !== 'typescript') return [language];
  if (language === 'javascript' && typed < 2) return ['javascript', 'tsx'];
  return jsx > 0 ? ['tsx', 'typescript'] : ['typescript', 'tsx'];
}
