/**
 * Roughly how many tokens a text has, without a tokenizer: words of up to six letters, digits in threes, punctuation
 * in pairs. Good enough to choose between two spellings of the same data; the judge counts what is sent.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  let run = 0;
  let runKind = 0;
  for (let at = 0; at < text.length; at++) {
    const kind = kindOf(text.charCodeAt(at));
    if (kind !== runKind) {
      tokens += tokensOfRun(run, runKind);
      run = 0;
      runKind = kind;
    }
    run++;
  }
  return tokens + tokensOfRun(run, runKind);
}

const SPACE = 0;
const LETTER = 1;
const DIGIT = 2;
const OTHER = 3;
const WIDE = 4;

function kindOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return DIGIT;
  if ((code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)) return LETTER;
  if (code === 0x20) return SPACE;
  return code > 0x7f ? WIDE : OTHER;
}

function tokensOfRun(length: number, kind: number): number {
  if (kind === SPACE) return length > 1 ? 1 : 0;
  if (kind === LETTER) return Math.ceil(length / 6);
  if (kind === DIGIT) return Math.ceil(length / 3);
  if (kind === WIDE) return Math.ceil(length / 2);
  return Math.ceil(length / 3);
}
