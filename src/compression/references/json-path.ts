/** One step into a JSON document: a key as it stands in the source, or items counted from 0, first and last included. */
export type JsonStep = { readonly key: string } | { readonly first: number; readonly last: number };

const PLAIN_KEY = /^"[A-Za-z_$][\w$-]{0,199}"$/;

/** `.name`, or `."a b"` for a key that is no plain word. */
export function spellKey(key: string): string {
  return PLAIN_KEY.test(key) ? `.${key.slice(1, -1)}` : `.${key}`;
}

/** `[7]` or `[3-9]`, with what names the items for a reader: `[7: "web-7"]`. */
export function spellIndex(
  { first, last }: { readonly first: number; readonly last: number },
  [name, lastName]: readonly (string | undefined)[],
): string {
  if (first === last) return name === undefined ? `[${first}]` : `[${first}: ${name}]`;
  const named = name === undefined || lastName === undefined ? '' : `: ${name} to ${lastName}`;
  return `[${first}-${last}${named}]`;
}

/** The steps of a path that begins at `start` of a line, and where it ends. */
export function readPath(line: string, start: number): { readonly steps: readonly JsonStep[]; readonly end: number } {
  const steps: JsonStep[] = [];
  let at = start;
  for (;;) {
    if (line[at] === '.') {
      const end = line[at + 1] === '"' ? endOfString(line, at + 1) : endOfWord(line, at + 1);
      const key = line.slice(at + 1, end);
      steps.push({ key: key.startsWith('"') ? key : `"${key}"` });
      at = end;
    } else if (line[at] === '[') {
      const end = endOfIndex(line, at);
      const [first = 0, last = first] =
        line
          .slice(at + 1, end)
          .split(':', 1)[0]
          ?.split('-')
          .map(Number) ?? [];
      steps.push({ first, last });
      at = end + 1;
    } else return { steps, end: at };
  }
}

function endOfWord(line: string, start: number): number {
  let end = start;
  while (end < line.length && /[\w$-]/.test(line[end] ?? '')) end++;
  return end;
}

/** The position behind the quote that closes a JSON string. */
function endOfString(line: string, start: number): number {
  for (let at = start + 1; at < line.length; at++) {
    if (line[at] === '\\') at++;
    else if (line[at] === '"') return at + 1;
  }
  return line.length;
}

/** The position of the bracket that closes an index, whose names may have brackets of their own. */
function endOfIndex(line: string, start: number): number {
  for (let at = start; at < line.length; at++) {
    if (line[at] === '"') at = endOfString(line, at) - 1;
    else if (line[at] === ']') return at;
  }
  return line.length;
}
