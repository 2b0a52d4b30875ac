import { escapeStyleForm, escapeStyleOf, respell } from '../json/escape-style.ts';
import { plainDocument } from '../json/plain-document.ts';
import type { Strategy } from '../strategy.ts';
import { readToon } from './toon/read-toon.ts';
import { writeToon } from './toon/write-toon.ts';

/**
 * A document as TOON: indented `key: value` lines, and tables of records of one shape. The same text as the reference
 * encoder's wherever that loses nothing; exact where it does, as in `1.10`.
 */
export const toon: Strategy<'json'> = {
  name: 'toon',
  kinds: ['json'],
  encode({ text, json }) {
    const { node, style } = plainDocument(json);
    const written = writeToon(node, text.length);
    return written === undefined || written === '' ? undefined : { text: written, form: escapeStyleForm(style) };
  },
  decode(text, form) {
    return respell(readToon(text), escapeStyleOf(form));
  },
};
