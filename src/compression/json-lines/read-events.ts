import { isLaidOut, layoutOf } from '../json/json-layout.ts';
import { type JsonNode, parseJson } from '../json/parse-json.ts';
import { type JsonLines, type TextSlice, textRow } from './json-lines.ts';

const FIELD = /^(event|data|id|retry|): /;
/** The name under which the comments of a stream stand, which have none. */
const COMMENT = '"comment"';

/**
 * The events of a stream as servers send them (https://html.spec.whatwg.org/multipage/server-sent-events.html), a row
 * each; their data as the document that it is. `undefined` when a line is none of a stream.
 */
export function readEvents(text: string): JsonLines | undefined {
  if (!FIELD.test(text) || !/^data: [[{]/m.test(text)) return undefined;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const gap = lineEnd + lineEnd;
  const end = trailingLineEnds(text, lineEnd);
  const rows: JsonNode[] = [];
  const slices: TextSlice[] = [];
  const style: Style = { layout: undefined };
  let start = 0;
  for (const block of text.slice(0, text.length - end.length).split(gap)) {
    const row = readEvent(block.split(lineEnd), style);
    if (row === undefined) return undefined;
    rows.push(row);
    slices.push({ start, end: start + block.length });
    start += block.length + gap.length;
  }
  if (style.layout === undefined) return undefined;
  return { rows, slices, form: { shape: 'events', layout: style.layout, gap, end } };
}

/** The text of an event whose row `readEvents` made. */
export function writeEvent(row: JsonNode, lineEnd: string, write: (json: JsonNode) => string): string {
  if (row.type !== 'object') return '';
  const lines = row.keys.map((key, index) => {
    const name = key === COMMENT ? '' : key.slice(1, -1);
    const value = row.values[index];
    if (value?.type !== 'string') return `${name}: ${value === undefined ? '' : write(value)}`;
    return `${name}: ${String(JSON.parse(value.source))}`;
  });
  return lines.join(lineEnd);
}

interface Style {
  layout: string | undefined;
}

function readEvent(lines: readonly string[], style: Style): JsonNode | undefined {
  const keys: string[] = [];
  const values: JsonNode[] = [];
  for (const line of lines) {
    const name = FIELD.exec(line)?.[1];
    if (name === undefined) return undefined;
    const value = line.slice(name.length + 2);
    keys.push(name === '' ? COMMENT : `"${name}"`);
    values.push(name === 'data' ? readData(value, style) : textRow(value));
  }
  return { type: 'object', keys, values };
}

function readData(value: string, style: Style): JsonNode {
  const json = /^[[{]/.test(value) ? parseJson(value) : undefined;
  if (json === undefined) return textRow(value);
  style.layout ??= layoutOf(value);
  return style.layout !== undefined && isLaidOut(value, style.layout) ? json : textRow(value);
}

function trailingLineEnds(text: string, lineEnd: string): string {
  let start = text.length;
  while (text.endsWith(lineEnd, start) && text.length - start < lineEnd.length * 2) start -= lineEnd.length;
  return text.slice(start);
}
