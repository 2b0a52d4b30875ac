/** Texts that hold bytes, not words: their beginning tells what they are, and the rest tells a reader nothing. */
export type Encoding = 'base64' | 'hexadecimal' | 'percent-encoding' | 'PEM' | 'JWT';

export interface EncodedText {
  readonly encoding: Encoding;
  /** How many characters at the beginning are worth showing. */
  readonly telling: number;
}

/** Shorter runs are digests, ids and keys, which name things. */
const SHORTEST = 160;
const TELLING = 24;
const LONGEST_HEADER = 120;

/** Says whether a text is bytes written as characters. Looks at all of it once. */
export function readEncoded(text: string): EncodedText | undefined {
  if (text.length < SHORTEST) return undefined;
  if (text.startsWith('-----BEGIN ')) {
    const end = text.indexOf('-----', 11);
    return end > 0 && end < LONGEST_HEADER ? { encoding: 'PEM', telling: end + 5 } : undefined;
  }
  if (text.startsWith('eyJ') && isJwt(text)) return { encoding: 'JWT', telling: TELLING };
  const start = text.startsWith('data:') ? text.indexOf(',', 5) + 1 : 0;
  if (start > LONGEST_HEADER) return undefined;
  const encoding = bytesFrom(text, start);
  return encoding === undefined ? undefined : { encoding, telling: start + TELLING };
}

function isJwt(text: string): boolean {
  let dots = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x2e) dots++;
    else if (!isBase64(code)) return false;
  }
  return dots === 2 || dots === 4;
}

/** Words part at signs and rarely change their case; bytes do neither. */
function bytesFrom(text: string, start: number): Encoding | undefined {
  let hex = 0;
  let percent = 0;
  let upper = 0;
  let lower = 0;
  let digits = 0;
  let signs = 0;
  let breaks = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || code === 0x0d) breaks++;
    else if (code === 0x25) percent++;
    else if (!isBase64(code)) return undefined;
    if (isHex(code)) hex++;
    if (code >= 0x30 && code <= 0x39) digits++;
    else if (code >= 0x41 && code <= 0x5a) upper++;
    else if (code >= 0x61 && code <= 0x7a) lower++;
    else signs++;
  }
  const length = text.length - start;
  if (percent * 4 > length) return 'percent-encoding';
  if (percent > 0) return undefined;
  if (hex + breaks === length && digits * 5 > length) return 'hexadecimal';
  const isMixed = upper * 6 > length && lower * 6 > length && digits * 20 > length;
  return isMixed && (signs - breaks) * 8 < length ? 'base64' : undefined;
}

/** The alphabets of base64 and base64url, with padding. */
function isBase64(code: number): boolean {
  if ((code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)) return true;
  return code === 0x2b || code === 0x2f || code === 0x3d || code === 0x2d || code === 0x5f;
}

function isHex(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66);
}
