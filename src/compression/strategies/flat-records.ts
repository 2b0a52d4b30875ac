import { escapeStyleForm, escapeStyleOf, resolveEscapes, respell } from '../json/escape-style.ts';
import { parseJson } from '../json/parse-json.ts';
import { writeJson } from '../json/write-json.ts';
import type { Strategy } from '../strategy.ts';
import { csvSpelling } from './flat/csv-spelling.ts';
import { readFlat, type TableSpelling, writeFlat } from './flat/flat-records.ts';
import { markdownSpelling } from './flat/markdown-spelling.ts';

/** A list of flat records, in a document by itself or the only one of an object, as CSV and nothing else. */
export const recordsCsv: Strategy<'json'> = flatRecords('records-csv', csvSpelling);

/** The same as a Markdown table: longer by its bars, shorter where a word behind a blank is one token. */
export const recordsMarkdown: Strategy<'json'> = flatRecords('records-markdown', markdownSpelling);

function flatRecords(name: string, spelling: TableSpelling): Strategy<'json'> {
  return {
    name,
    kinds: ['json'],
    encode({ json }) {
      const minified = writeJson(json);
      const { text: plain, style } = resolveEscapes(minified);
      const node = plain === minified ? json : parseJson(plain);
      const written = node === undefined ? undefined : writeFlat(node, spelling);
      if (written === undefined || readFlat(written.text, written.form, spelling) !== plain) return undefined;
      const form = { ...escapeStyleForm(style), ...written.form };
      return Object.keys(form).length === 0 ? { text: written.text } : { text: written.text, form };
    },
    decode(text, form) {
      return respell(readFlat(text, form, spelling), escapeStyleOf(form));
    },
  };
}
