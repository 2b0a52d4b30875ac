import type { TokensByScript } from './byte-pair-encoding.ts';
import type { TokenFamily } from './families.ts';

/** Families whose tokenizer is not public, or not at hand: they are counted as a factor over o200k, script by script. */
export type EstimatedFamily = Exclude<TokenFamily, 'o200k' | 'cl100k'>;

type Percent = Readonly<Record<keyof TokensByScript, number>>;

/**
 * Tokens of the family for 100 tokens of o200k.
 *
 * claude: 16 % more than o200k on English, 21 % on formulas, 30 % on Python (VentureBeat, May 2025); 1.43-1.49 times on
 * Chinese, 1.56 on Russian, 2.18 on Arabic, 2.36 on Hindi (A. Komatsuzaki, April 2026, one essay in nine languages).
 * gemini: about 4 characters a token of English (Google's token guide), where o200k has 4.4; digits one by one (Gemma
 * report), where o200k has 1.96 a token on tool output; 256k tokens, of many languages.
 * llama: cl100k's tokens and 28k more for other languages (Llama 3 model card): on tool output cl100k is at 100, on
 * Chinese and Japanese at 162, on Russian at 227, on emoji at 175; the 28k take off about half of the excess in words.
 * mistral: Tekken, 131k tokens, close to Llama 3 and better in most languages (Mistral NeMo announcement); digits one by one.
 */
const PERCENT_OF_O200K: Readonly<Record<EstimatedFamily, Percent>> = {
  claude: { ascii: 120, digits: 120, alphabetic: 190, ideographic: 145, astral: 145 },
  gemini: { ascii: 110, digits: 196, alphabetic: 110, ideographic: 100, astral: 100 },
  llama: { ascii: 100, digits: 100, alphabetic: 150, ideographic: 130, astral: 175 },
  mistral: { ascii: 105, digits: 196, alphabetic: 125, ideographic: 120, astral: 150 },
};

/** Tokens in a thousand UTF-16 code units; o200k has 309 on tool output, 190-300 on alphabets, 440-670 on CJK, 830 on emoji. */
const PER_THOUSAND_CODE_UNITS = { repeated: 60, ascii: 309, alphabetic: 300, ideographic: 600, surrogate: 830 };

/** Whether the family is one that `estimateByScripts` knows. */
export function isEstimatedFamily(family: TokenFamily): family is EstimatedFamily {
  return family in PERCENT_OF_O200K;
}

/** Tokens of an estimated family, rounded up, from the o200k tokens of each script: 0 for none, at least 1 for some. */
export function estimateByScripts(tokens: TokensByScript, family: EstimatedFamily): number {
  const percent = PERCENT_OF_O200K[family];
  const hundredths =
    tokens.ascii * percent.ascii +
    tokens.digits * percent.digits +
    tokens.alphabetic * percent.alphabetic +
    tokens.ideographic * percent.ideographic +
    tokens.astral * percent.astral;
  return Math.ceil(hundredths / 100);
}

/** Tokens by the script of each character alone, for when no encoding can be loaded: rounded up, 0 for the empty text. */
export function estimateByCharacters(text: string): number {
  let thousandths = 0;
  let previous = -1;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === previous) thousandths += PER_THOUSAND_CODE_UNITS.repeated;
    else if (code < 0x80) thousandths += PER_THOUSAND_CODE_UNITS.ascii;
    else if (code < 0x3000) thousandths += PER_THOUSAND_CODE_UNITS.alphabetic;
    else if (code >= 0xd800 && code <= 0xdfff) thousandths += PER_THOUSAND_CODE_UNITS.surrogate;
    else thousandths += PER_THOUSAND_CODE_UNITS.ideographic;
    previous = code;
  }
  return Math.ceil(thousandths / 1_000);
}
