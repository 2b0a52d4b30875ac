import type { EnvelopeContent } from '../content.ts';
import type { StringField } from '../envelopes/envelope.ts';
import { decodeInner, encodeInner } from '../envelopes/inner-text.ts';
import { closeStrings } from '../envelopes/open-strings.ts';
import { stringsTitle } from '../envelopes/strings-title.ts';
import { parseJson } from '../json/parse-json.ts';
import { writeJson } from '../json/write-json.ts';
import type { Encoded, EncodeManner, EncodingForm, Strategy } from '../strategy.ts';

/**
 * Documents with strings that are JSON themselves, such as the messages of structured logs, with these strings opened:
 * what they say becomes columns. The first line names the keys. Exact up to the white space of the outer document.
 */
export function jsonInStrings(inner: readonly Strategy[]): Strategy<'envelope'> {
  return {
    name: 'json-in-strings',
    kinds: ['envelope'],
    encode({ envelope }: EnvelopeContent, manner: EncodeManner = { keepsValuesWhole: false }): Encoded | undefined {
      if (envelope.frame !== 'strings') return undefined;
      const opened = encodeInner(writeJson(envelope.opened), inner, manner);
      const form = { fields: JSON.stringify(envelope.fields), opened: JSON.stringify(opened.form) };
      return { text: `${stringsTitle(envelope.fields)}\n${opened.text}`, form };
    },
    decode(text: string, form: EncodingForm | undefined): string {
      const fields = JSON.parse(String(form?.['fields'])) as readonly StringField[];
      const opened = decodeInner(text.slice(text.indexOf('\n') + 1), JSON.parse(String(form?.['opened'])), inner);
      const json = parseJson(opened);
      if (json === undefined) throw new SyntaxError('The text decodes to no document.');
      return closeStrings(json, fields);
    },
  };
}
