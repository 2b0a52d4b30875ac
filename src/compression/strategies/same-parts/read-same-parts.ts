import { type JsonNode, scanJson } from '../../json/parse-json.ts';
import { SAME_AS } from './write-same-parts.ts';
import { writeTree } from './write-tree.ts';

/** The minified JSON that `writeSameParts` was given. Throws on a text that it did not write. */
export function readSameParts(text: string): string {
  const signs = new Map<JsonNode, string>();
  const scanned = scanJson(text, 0, (source, start) => {
    const end = source.startsWith(SAME_AS, start) ? endOfSign(source, start) : undefined;
    if (end === undefined) return undefined;
    const node: JsonNode = { type: 'null', source: 'null' };
    signs.set(node, source.slice(start + SAME_AS.length, end - 1));
    return { node, end };
  });
  if (scanned?.end !== text.length) throw new SyntaxError('No JSON with signs in it.');
  return expand(scanned.node, signs);
}

/** Behind the `>` that closes a sign; one within quotes belongs to a key. */
function endOfSign(text: string, start: number): number | undefined {
  let isQuoted = false;
  for (let at = start + SAME_AS.length; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isQuoted && code === 0x5c) at++;
    else if (code === 0x22) isQuoted = !isQuoted;
    else if (code === 0x3e && !isQuoted) return at + 1;
  }
  return undefined;
}

/** Signs stand for what was read before them, so that one reading in order resolves them all. */
function expand(root: JsonNode, signs: ReadonlyMap<JsonNode, string>): string {
  const read = new Map<string, string>();
  return writeTree(root, {
    replace: (node) => {
      const path = signs.get(node);
      if (path === undefined) return undefined;
      const earlier = read.get(path);
      if (earlier === undefined) throw new SyntaxError('Nothing was read at the path of a sign.');
      return earlier;
    },
    onWritten: (path, text) => {
      if (!read.has(path)) read.set(path, text);
    },
  });
}
