import { escapeStyleForm, escapeStyleOf, resolveEscapes, respell } from '../json/escape-style.ts';
import { parseJson } from '../json/parse-json.ts';
import { writeJson } from '../json/write-json.ts';
import type { Encoded, Strategy } from '../strategy.ts';
import { readSameParts } from './same-parts/read-same-parts.ts';
import { writeSameParts } from './same-parts/write-same-parts.ts';

/**
 * JSON in which an object or a list that says what an earlier one said stands as `<same as repository.owner>`. The sign
 * is outside of quotes, where JSON has no such thing, so that no text in the document can be taken for it.
 */
export const sameParts: Strategy<'json'> = {
  name: 'same-parts',
  kinds: ['json'],
  encode({ json }): Encoded | undefined {
    const minified = writeJson(json);
    const { text: plain, style } = resolveEscapes(minified);
    const node = plain === minified ? json : parseJson(plain);
    const text = node === undefined ? undefined : writeSameParts(node);
    if (text === undefined || readSameParts(text) !== plain) return undefined;
    const form = escapeStyleForm(style);
    return Object.keys(form).length === 0 ? { text } : { text, form };
  },
  decode(text, form) {
    return respell(readSameParts(text), escapeStyleOf(form));
  },
};
