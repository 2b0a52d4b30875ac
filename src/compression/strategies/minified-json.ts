import { escapeStyleForm, escapeStyleOf, resolveEscapes, respell } from '../json/escape-style.ts';
import { writeJson } from '../json/write-json.ts';
import type { Strategy } from '../strategy.ts';

/** JSON without insignificant white space, and without escapes that its serializer wrote throughout but need not have. */
export const minifiedJson: Strategy<'json'> = {
  name: 'minified-json',
  kinds: ['json'],
  encode({ text, json }) {
    const { text: minified, style } = resolveEscapes(writeJson(json));
    if (minified === text) return undefined;
    const form = escapeStyleForm(style);
    return Object.keys(form).length === 0 ? { text: minified } : { text: minified, form };
  },
  decode(text, form) {
    return respell(text, escapeStyleOf(form));
  },
};
