/**
 * A JSON text without its insignificant white space; strings and numbers keep their spelling. The text has to be valid
 * JSON: of anything else it makes no sense, but does not throw.
 */
export function minifiedSource(json: string): string {
  let minified = '';
  let start = 0;
  for (let index = 0; index < json.length; index++) {
    const code = json.charCodeAt(index);
    if (code === 0x22) index = endOfString(json, index);
    else if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
      minified += json.slice(start, index);
      start = index + 1;
    }
  }
  return start === 0 ? json : minified + json.slice(start);
}

/** Index of the quote that closes the string which opens at `start`, or the end of the text. */
function endOfString(json: string, start: number): number {
  for (let quote = json.indexOf('"', start + 1); quote !== -1; quote = json.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (json.charCodeAt(quote - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return quote;
  }
  return json.length;
}
