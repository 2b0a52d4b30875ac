import type { JsonNode } from '../../json/parse-json.ts';
import { writeJson } from '../../json/write-json.ts';
import { estimateTokens } from './estimate-tokens.ts';
import { type RecordsText, recordsText } from './table-text.ts';

export interface DocumentText {
  readonly text: string;
  /** What `readDocument` needs to know about the order of keys. */
  readonly order: string;
}

/** A table has to be this much smaller, in estimated tokens, than the JSON that it stands for. */
const SMALLER_BY = 0.95;
/** Trying tables inside of records that made none must not cost more than a few readings of the document. */
const MOST_READINGS = 6;

/** The document with tables in place of records, or `undefined` when it has none that pay. */
export function writeDocument(
  root: JsonNode,
  { smallerBy = SMALLER_BY, keepsValuesWhole = false } = {},
): DocumentText | undefined {
  const budget = writeJson(root).length * MOST_READINGS;
  const state: State = { tables: [], budget, smallerBy, keepsValuesWhole };
  const whole = tableOf(root, state);
  if (whole !== undefined) return { text: whole.lines.join('\n'), order: whole.order };
  const outer = writeOuter(root, state);
  if (state.tables.length === 0) return undefined;
  const tables = state.tables.map(({ lines }, index) => `<table ${index + 1}>: ${lines.join('\n')}`);
  const order = state.tables
    .map((table) => table.order)
    .join('|')
    .replace(/\|+$/, '');
  return { text: [outer, ...tables].join('\n'), order };
}

/** The document with a table of the caller's in place of one node, and tables of its own for other records. */
export function writeAround(
  root: JsonNode,
  { node, lines }: { readonly node: JsonNode; readonly lines: readonly string[] },
): string {
  const replaced = { node, table: { lines, order: '' }, holders: new Set<JsonNode>() };
  findHolders(root, replaced);
  const budget = writeJson(root).length * MOST_READINGS;
  const state: State = { tables: [], budget, smallerBy: SMALLER_BY, keepsValuesWhole: true, replaced };
  const outer = writeOuter(root, state);
  return [outer, ...state.tables.map((table, index) => `<table ${index + 1}>: ${table.lines.join('\n')}`)].join('\n');
}

interface Replaced {
  readonly node: JsonNode;
  readonly table: RecordsText;
  /** What the node stands in. */
  readonly holders: Set<JsonNode>;
}

function findHolders(from: JsonNode, { node, holders }: Pick<Replaced, 'node' | 'holders'>): boolean {
  if (from === node) return true;
  if (from.type !== 'array' && from.type !== 'object') return false;
  const children = from.type === 'array' ? from.items : from.values;
  const holds = children.some((child) => findHolders(child, { node, holders }));
  if (holds) holders.add(from);
  return holds;
}

interface State {
  /** A node for which the table is given. */
  readonly replaced?: Replaced;
  readonly tables: RecordsText[];
  readonly smallerBy: number;
  readonly keepsValuesWhole: boolean;
  budget: number;
}

function writeOuter(node: JsonNode, state: State): string {
  if (node.type === 'array') return `[${node.items.map((item) => writeInner(item, state)).join(',')}]`;
  if (node.type !== 'object') return node.source;
  return `{${node.values.map((value, index) => `${node.keys[index] ?? ''}:${writeInner(value, state)}`).join(',')}}`;
}

function writeInner(node: JsonNode, state: State): string {
  if (node.type !== 'array' && node.type !== 'object') return node.source;
  const table = tableOf(node, state);
  if (table === undefined) return writeOuter(node, state);
  state.tables.push(table);
  return `<table ${state.tables.length}>`;
}

function tableOf(node: JsonNode, state: State): RecordsText | undefined {
  if (state.replaced?.node === node) return state.replaced.table;
  if (state.replaced?.holders.has(node) === true) return undefined;
  if ((node.type !== 'array' && node.type !== 'object') || !holdsObjects(node)) return undefined;
  const json = writeJson(node);
  if (state.budget < json.length) return undefined;
  state.budget -= json.length;
  const table = recordsText(node, state);
  if (table === undefined) return undefined;
  return estimateTokens(table.lines.join('\n')) + 8 < estimateTokens(json) * state.smallerBy ? table : undefined;
}

function holdsObjects(node: JsonNode): boolean {
  if (node.type === 'array') return node.items.length > 1 && node.items.some(({ type }) => type === 'object');
  return node.type === 'object' && node.values.length > 1 && node.values.every(({ type }) => type === 'object');
}
