import type { JsonLinesContent } from '../content.ts';
import { openStrings } from '../envelopes/open-strings.ts';
import { stringsTitle } from '../envelopes/strings-title.ts';
import { jsonLinesTitle } from '../json-lines/json-lines-title.ts';
import type { JsonArray } from '../json/parse-json.ts';
import type { Selected, SelectionRequest, SelectionStrategy } from '../strategy.ts';
import { selectRows } from './record-rows.ts';
import { FEWEST_ROWS } from './record-target.ts';

/**
 * Of many JSON documents in one text those that matter, as `record-rows` chooses among the records of one list, each with
 * its number in the text. Strings that hold documents are opened.
 */
export const jsonLineRows: SelectionStrategy<'json-lines'> = {
  name: 'json-line-rows',
  kinds: ['json-lines'],
  select({ documents }: JsonLinesContent, request: SelectionRequest): Selected | undefined {
    const { rows, form } = documents;
    if (rows.length < FEWEST_ROWS) return undefined;
    const list: JsonArray = { type: 'array', items: rows };
    const strings = openStrings(list);
    const root = strings?.opened.type === 'array' ? strings.opened : list;
    const target = { node: root, path: '', rows: root.items, keys: undefined };
    const selected = selectRows(root, { target, request });
    if (selected === undefined) return undefined;
    const titles = [jsonLinesTitle(form), ...(strings === undefined ? [] : [stringsTitle(strings.fields)])];
    return { ...selected, text: `${titles.join('\n')}\n${selected.text}` };
  },
};
