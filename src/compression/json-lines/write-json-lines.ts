import { layOutJson } from '../json/json-layout.ts';
import type { JsonNode } from '../json/parse-json.ts';
import { writeJson } from '../json/write-json.ts';
import type { JsonLinesForm } from './json-lines.ts';
import { writeEvent } from './read-events.ts';

/** The text whose rows these are, character by character. */
export function writeJsonLines(rows: readonly JsonNode[], form: JsonLinesForm): string {
  const { shape, layout, gap, end, counts, tail = '' } = form;
  const write = (json: JsonNode): string => layOutJson(writeJson(json), layout);
  if (shape === 'arrays')
    return (
      arraysOf(rows, counts ?? [])
        .map(write)
        .join(gap) + end
    );
  if (shape === 'documents') return rows.map(write).join(gap) + end;
  if (shape === 'events') return rows.map((row) => writeEvent(row, gap.slice(gap.length / 2), write)).join(gap) + end;
  return rows.map((row) => writeLine(row, write)).join(gap) + end;

  function writeLine(row: JsonNode, write: (json: JsonNode) => string): string {
    if (row.type === 'string') return textOf(row);
    if (shape === 'lines' || row.type !== 'object') return write(row);
    const [mark, json] = row.values;
    return mark === undefined || json === undefined ? '' : textOf(mark) + tail + write(json);
  }
}

function textOf(row: JsonNode): string {
  return row.type === 'string' ? String(JSON.parse(row.source)) : '';
}

function arraysOf(rows: readonly JsonNode[], counts: readonly number[]): readonly JsonNode[] {
  let next = 0;
  return counts.map((count) => ({ type: 'array', items: rows.slice(next, (next += count)) }));
}
