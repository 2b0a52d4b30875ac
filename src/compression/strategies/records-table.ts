import { escapeStyleForm, escapeStyleOf, respell } from '../json/escape-style.ts';
import { plainDocument } from '../json/plain-document.ts';
import type { Encoded, EncodingForm, Strategy } from '../strategy.ts';
import { writeDocument } from './records/write-document.ts';
import { readDocument } from './records/read-document.ts';

/**
 * Arrays of objects, and objects of objects, as tables that say their keys once. The rest of the document stays minified
 * JSON in the first line, where `<table 1>` stands for the table of that number below. Exact: see `readDocument`.
 */
export const recordsTable: Strategy<'json'> = {
  name: 'records-table',
  kinds: ['json'],
  encode({ json }, manner): Encoded | undefined {
    if (json.type !== 'array' && json.type !== 'object') return undefined;
    const { node, text, style } = plainDocument(json);
    const written = writeDocument(node, manner);
    if (written === undefined || readDocument(written.text, written.order) !== text) return undefined;
    const form: EncodingForm = { ...escapeStyleForm(style), ...(written.order === '' ? {} : { order: written.order }) };
    return Object.keys(form).length === 0 ? { text: written.text } : { text: written.text, form };
  },
  decode(text, form) {
    const order = form?.['order'];
    return respell(readDocument(text, typeof order === 'string' ? order : ''), escapeStyleOf(form));
  },
};
