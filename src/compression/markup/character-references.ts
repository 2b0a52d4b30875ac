/** The names that pages use, as `name character` pairs. */
const NAMED = new Map(
  (
    'amp & lt < gt > quot " apos \' mdash — ndash – hellip … copy © reg ® trade ™ laquo « raquo » ldquo “ rdquo ” lsquo ‘ rsquo ’ ' +
    'sbquo ‚ bdquo „ bull • middot · times × divide ÷ minus − plusmn ± deg ° micro µ para ¶ sect § euro € pound £ yen ¥ cent ¢ ' +
    'frac12 ½ frac14 ¼ frac34 ¾ sup1 ¹ sup2 ² sup3 ³ larr ← rarr → uarr ↑ darr ↓ harr ↔ ne ≠ le ≤ ge ≥ infin ∞ asymp ≈ ' +
    'agrave à aacute á acirc â atilde ã auml ä aring å aelig æ ccedil ç egrave è eacute é ecirc ê euml ë igrave ì iacute í icirc î iuml ï ' +
    'ntilde ñ ograve ò oacute ó ocirc ô otilde õ ouml ö oslash ø ugrave ù uacute ú ucirc û uuml ü yuml ÿ szlig ß ' +
    'Agrave À Aacute Á Acirc Â Auml Ä Aring Å AElig Æ Ccedil Ç Egrave È Eacute É Ntilde Ñ Oacute Ó Ouml Ö Oslash Ø Uacute Ú Uuml Ü ' +
    'alpha α beta β gamma γ delta δ lambda λ mu μ pi π sigma σ omega ω check ✓ star ☆ lsaquo ‹ rsaquo › iexcl ¡ iquest ¿ ordm º ordf ª'
  )
    .split(' ')
    .reduce<[string, string][]>((pairs, word, index, words) => {
      if (index % 2 === 0) pairs.push([word, words[index + 1] ?? '']);
      return pairs;
    }, []),
)
  .set('nbsp', '\u00a0')
  .set('ensp', '\u2002')
  .set('emsp', '\u2003')
  .set('thinsp', '\u2009')
  .set('shy', '')
  .set('zwnj', '')
  .set('zwj', '\u200d');

const LONGEST_REFERENCE = 12;

/** Text with `&amp;`, `&#38;` and `&#x26;` written out. Names that are not known stay as they are. */
export function decodeReferences(text: string): string {
  let at = text.indexOf('&');
  if (at < 0) return text;
  let decoded = '';
  let from = 0;
  while (at >= 0) {
    let end = at + 1;
    while (end < text.length && end - at <= LONGEST_REFERENCE && isReferenceCode(text.charCodeAt(end))) end++;
    const character = text[end] === ';' ? characterOf(text.slice(at + 1, end)) : undefined;
    if (character !== undefined) {
      decoded += text.slice(from, at) + character;
      from = end + 1;
    }
    at = text.indexOf('&', Math.max(at + 1, from));
  }
  return decoded + text.slice(from);
}

/** Letters, digits and `#`. */
function isReferenceCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 35;
}

function characterOf(name: string): string | undefined {
  if (!name.startsWith('#')) return NAMED.get(name);
  const isHex = name[1] === 'x' || name[1] === 'X';
  const digits = name.slice(isHex ? 2 : 1);
  if (!(isHex ? /^[\da-f]{1,6}$/i : /^\d{1,7}$/).test(digits)) return undefined;
  const code = Number.parseInt(digits, isHex ? 16 : 10);
  const isCharacter = code > 0 && code <= 0x10_ff_ff && (code < 0xd8_00 || code > 0xdf_ff);
  return isCharacter ? String.fromCodePoint(code) : undefined;
}
