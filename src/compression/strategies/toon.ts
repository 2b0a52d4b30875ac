import { escapeStyleForm, escapeStyleOf, resolveEscapes, respell } from '../json/escape-style.ts';
import { parseJson } from '../json/parse-json.ts';
import { writeJson } from '../json/write-json.ts';
import type { Encoded, Strategy } from '../strategy.ts';
import { readToon } from './toon/read-toon.ts';
import { writeToon } from './toon/write-toon.ts';

/**
 * A document as TOON: indented `key: value` lines, and tables of records of one shape. The same text as the reference
 * encoder's wherever that loses nothing; exact where it does, as in `1.10`.
 */
export const toon: Strategy<'json'> = {
  name: 'toon',
  kinds: ['json'],
  encode({ text, json }): Encoded | undefined {
    const minified = writeJson(json);
    const { text: plain, style } = resolveEscapes(minified);
    const node = plain === minified ? json : parseJson(plain);
    const written = node === undefined ? undefined : writeToon(node, text.length);
    if (written === undefined || written === '' || readToon(written) !== plain) return undefined;
    const form = escapeStyleForm(style);
    return Object.keys(form).length === 0 ? { text: written } : { text: written, form };
  },
  decode(text, form) {
    return respell(readToon(text), escapeStyleOf(form));
  },
};
