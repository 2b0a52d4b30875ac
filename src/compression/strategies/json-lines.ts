import type { JsonLinesContent } from '../content.ts';
import { decodeInner, encodeInner } from '../envelopes/inner-text.ts';
import type { JsonLinesForm } from '../json-lines/json-lines.ts';
import { jsonLinesTitle } from '../json-lines/json-lines-title.ts';
import { writeJsonLines } from '../json-lines/write-json-lines.ts';
import { parseJson } from '../json/parse-json.ts';
import { writeJson } from '../json/write-json.ts';
import type { Encoded, EncodeManner, EncodingForm, Strategy } from '../strategy.ts';

/**
 * Many JSON documents as the one list that they are, in the best form of that list: a table where they are records. The
 * first line says how they stood. Decodes character by character.
 */
export function jsonLines(inner: readonly Strategy[]): Strategy<'json-lines'> {
  return {
    name: 'json-lines',
    kinds: ['json-lines'],
    encode({ documents }: JsonLinesContent, manner: EncodeManner = { keepsValuesWhole: false }): Encoded | undefined {
      const { rows, form } = documents;
      const list = encodeInner(writeJson({ type: 'array', items: rows }), inner, manner);
      // Without a table the list is no shorter than its lines.
      if (list.form[0] === '') return undefined;
      const title = jsonLinesTitle(form);
      return { text: `${title}\n${list.text}`, form: { lines: JSON.stringify(form), list: JSON.stringify(list.form) } };
    },
    decode(text: string, form: EncodingForm | undefined): string {
      const lines = JSON.parse(String(form?.['lines'])) as JsonLinesForm;
      const list = parseJson(
        decodeInner(text.slice(text.indexOf('\n') + 1), JSON.parse(String(form?.['list'])), inner),
      );
      if (list?.type !== 'array') throw new SyntaxError('The text decodes to no list.');
      return writeJsonLines(list.items, lines);
    },
  };
}
