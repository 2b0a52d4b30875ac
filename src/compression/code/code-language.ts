/** Languages that can be told from others, and parsed when their grammar is there. C is read as C++, JSX as JavaScript. */
export const CODE_LANGUAGES = [
  'bash',
  'c-sharp',
  'cpp',
  'css',
  'go',
  'java',
  'javascript',
  'php',
  'powershell',
  'python',
  'ruby',
  'rust',
  'tsx',
  'typescript',
] as const;
export type CodeLanguage = (typeof CODE_LANGUAGES)[number];

const HASH_COMMENTS: ReadonlySet<CodeLanguage> = new Set(['bash', 'powershell', 'python', 'ruby']);

/** A line that says something to the reader and nothing to the machine. */
export function commentLine(language: CodeLanguage, words: string): string {
  if (language === 'css') return `/* ${words} */`;
  return `${HASH_COMMENTS.has(language) ? '#' : '//'} ${words}`;
}

/** The same where a statement has to stand: a body of Python or of a shell can not be empty. */
export function emptyStatement(language: CodeLanguage, words: string): string {
  const comment = commentLine(language, words);
  if (language === 'python') return `...  ${comment}`;
  return language === 'bash' ? `:  ${comment}` : comment;
}
