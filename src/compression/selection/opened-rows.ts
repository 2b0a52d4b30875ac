import type { EnvelopeContent } from '../content.ts';
import { stringsTitle } from '../envelopes/strings-title.ts';
import type { Selected, SelectionRequest, SelectionStrategy } from '../strategy.ts';
import { selectRows } from './record-rows.ts';
import { findRecordTarget } from './record-target.ts';

/** `record-rows` of a document whose strings hold documents, with these opened. Rows are counted as in the source. */
export const openedRows: SelectionStrategy<'envelope'> = {
  name: 'opened-rows',
  kinds: ['envelope'],
  select({ envelope, whole }: EnvelopeContent, request: SelectionRequest): Selected | undefined {
    if (envelope.frame !== 'strings' || whole.kind !== 'json') return undefined;
    const closed = findRecordTarget(whole.json);
    const node = closed === undefined ? undefined : envelope.openedOf.get(closed.node);
    if (closed === undefined || (node?.type !== 'array' && node?.type !== 'object')) return undefined;
    const rows = node.type === 'array' ? node.items : node.values;
    const selected = selectRows(envelope.opened, { target: { ...closed, node, rows }, request });
    return selected === undefined
      ? undefined
      : { ...selected, text: `${stringsTitle(envelope.fields)}\n${selected.text}` };
  },
};
