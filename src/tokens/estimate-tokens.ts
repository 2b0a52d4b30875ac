import type { BytePairEncoding } from './byte-pair-encoding.ts';
import { ESTIMATED_FAMILIES, WEIGHTS } from './family-weights.ts';
import { FEATURES, FeatureTally } from './feature-tally.ts';
import type { TokenFamily } from './families.ts';
import type { SplitPattern } from './pre-token.ts';

/** Families whose vocabulary is not public, or too large to carry: they are estimated from features of the text. */
export type EstimatedFamily = (typeof ESTIMATED_FAMILIES)[number];

/** Llama 3 and Qwen grew from the vocabulary of cl100k: on ASCII their counts are its counts, but for digits. */
const OVER_CL100K: ReadonlySet<TokenFamily> = new Set(['cl100k', 'llama', 'qwen']);

/** Tokens in a thousand UTF-16 code units; o200k has 309 on tool output, 190-300 on alphabets, 440-670 on CJK, 830 on emoji. */
const PER_THOUSAND_CODE_UNITS = { repeated: 60, ascii: 309, alphabetic: 300, ideographic: 600, surrogate: 830 };

/** The encoding that a family is, or is estimated over. */
export function encodingOf(family: TokenFamily): SplitPattern {
  return OVER_CL100K.has(family) ? 'cl100k' : 'o200k';
}

/** Whether the family is one that `createEstimate` knows. */
export function isEstimatedFamily(family: TokenFamily): family is EstimatedFamily {
  return (ESTIMATED_FAMILIES as readonly string[]).includes(family);
}

/**
 * An estimate of the tokens of a family: each pre-token of `encoding`, which is that of `encodingOf(family)`, is told apart
 * by what it is (a common or a rare word, digits, blanks, punctuation, a script) and costs what the family spends on such.
 * No weight is negative, so that more text costs more. Rounded up: 0 for the empty text and at least 1 for any other.
 */
export function createEstimate(encoding: BytePairEncoding, family: EstimatedFamily): (text: string) => number {
  const column = ESTIMATED_FAMILIES.indexOf(family);
  const weights = FEATURES.map((feature) => WEIGHTS[feature][column] as number);
  const tally = new FeatureTally();
  return (text) => {
    if (text.length === 0) return 0;
    tally.counts.fill(0);
    encoding.visit(text, tally);
    const thousandths = weights.reduce((sum, weight, index) => sum + weight * (tally.counts[index] as number), 0);
    return Math.max(1, Math.ceil(thousandths / 1_000));
  };
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
