import { queryTerms, type QueryTerm } from './query-terms.ts';

/** What a question says about code. */
export interface CodeQuestion {
  /** Names as code spells them, in lower case: `parse_row`, `parseRow`, `Parser.run`, `run()`. */
  readonly identifiers: ReadonlySet<string>;
  /** All other words, in lower case. */
  readonly words: ReadonlySet<string>;
  readonly terms: readonly QueryTerm[];
}

const LONGEST_QUERY = 8_000;
/** The names of a tool's arguments, and the file that it read: neither is what is asked for. */
const ARGUMENT_NAME = /"[\w-]{1,40}"\s{0,3}:/g;
const PATH =
  /[\w.~@+-]*[\\/][\w.\\/@+-]+|\b[\w-]+\.(?:py|pyi|[cm]?[jt]sx?|go|rs|java|kt|cc?|cpp|cxx|h|hpp|cs|rb|php|sh|ps1|s?css)\b/g;
const WORD = /[A-Za-z_$][\w$]*(?:-[A-Za-z][\w$]*)*/g;

/** Reads the user's last words and the arguments of a tool call. */
export function readCodeQuestion(query: string): CodeQuestion {
  const text = query.slice(0, LONGEST_QUERY).replace(ARGUMENT_NAME, ' ').replace(PATH, ' ');
  const identifiers = new Set<string>();
  const words = new Set<string>();
  for (const match of text.matchAll(WORD)) {
    const [word] = match;
    const around = [text[match.index - 1] ?? ' ', text[match.index + word.length] ?? ' '] as const;
    (isIdentifier(word, around, text[match.index + word.length + 1]) ? identifiers : words).add(word.toLowerCase());
  }
  return { identifiers, words, terms: queryTerms(text) };
}

function isIdentifier(word: string, [before, after]: readonly [string, string], second: string | undefined): boolean {
  if (/[_$\d]/.test(word) || /[a-z][A-Z]|[A-Z]\w*-[A-Z]/.test(word)) return word.length > 1;
  if (after === '(' || '`\'"'.includes(before) || '`\'"'.includes(after)) return word.length > 1;
  return isJoin(before) || (isJoin(after) && second !== undefined && /[A-Za-z_]/.test(second));
}

/** What stands between an object and its member. */
function isJoin(sign: string): boolean {
  return sign === '.' || sign === ':' || sign === '#';
}

/** The words that a name is made of, in lower case. */
export function wordsOfName(name: string): readonly string[] {
  return name
    .split(/[^\p{L}\p{N}]+|(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}
