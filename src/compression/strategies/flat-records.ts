import { escapeStyleForm, escapeStyleOf, respell } from '../json/escape-style.ts';
import { plainDocument } from '../json/plain-document.ts';
import type { Strategy } from '../strategy.ts';
import { csvSpelling } from './flat/csv-spelling.ts';
import { findFlatRecords, readFlat, type TableSpelling, writeFlat } from './flat/flat-records.ts';
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
      if (findFlatRecords(json) === undefined) return undefined;
      const { node, style } = plainDocument(json);
      const written = writeFlat(node, spelling);
      return written === undefined
        ? undefined
        : { text: written.text, form: { ...escapeStyleForm(style), ...written.form } };
    },
    decode(text, form) {
      return respell(readFlat(text, form, spelling), escapeStyleOf(form));
    },
  };
}
