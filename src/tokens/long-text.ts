/** The longest text that is counted whole, in UTF-16 code units. */
export const EXACT_LIMIT_CHARACTERS = 4_194_304;

const SAMPLES = 256;
const SAMPLE_CHARACTERS = EXACT_LIMIT_CHARACTERS / SAMPLES;

function isSurrogatePairAt(text: string, index: number): boolean {
  const before = text.charCodeAt(index - 1);
  const after = text.charCodeAt(index);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}

function toCharacterStart(text: string, index: number): number {
  return isSurrogatePairAt(text, index) ? index - 1 : index;
}

/**
 * Estimates the count of a text longer than `EXACT_LIMIT_CHARACTERS` from evenly spaced samples, the first at its start
 * and the last at its end, none of which splits a surrogate pair. A pure function of the text; its work does not grow.
 */
export function countBySamples(text: string, count: (sample: string) => number): number {
  const stride = (text.length - SAMPLE_CHARACTERS) / (SAMPLES - 1);
  let tokens = 0;
  let characters = 0;
  for (let sample = 0; sample < SAMPLES; sample++) {
    const offset = Math.floor(sample * stride);
    const start = toCharacterStart(text, offset);
    const end = toCharacterStart(text, offset + SAMPLE_CHARACTERS);
    tokens += count(text.slice(start, end));
    characters += end - start;
  }
  return Math.round((tokens * text.length) / characters);
}
