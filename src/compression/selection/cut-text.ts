import type { TokenCounter } from '../../tokens/count-tokens.ts';
import type { Content } from '../content.ts';
import type { Selected } from '../strategy.ts';
import { cutLines } from './cut-lines.ts';
import { cutRows } from './cut-rows.ts';

export interface CutRequest {
  readonly query: string;
  /** What the text may have, its notice counted. */
  readonly maxTokens: number;
  readonly count: TokenCounter;
  /** The id under which the whole original can be asked for, or `undefined` when it can not be. */
  readonly retrievalId: string | undefined;
}

export interface Cut {
  /** Stable: it becomes the value of a metric label. */
  readonly name: 'cut-rows' | 'cut-lines';
  readonly selected: Selected;
}

/**
 * The last resort for a text that has to be shorter than any selection makes it, whatever kind of text it is. What stays
 * has at most `maxTokens`, but for a notice that alone has more.
 */
export function cutText(content: Content, request: CutRequest): Cut {
  const rows = content.kind === 'json' ? cutRows(content.json, request) : undefined;
  if (rows !== undefined) return { name: 'cut-rows', selected: rows };
  return { name: 'cut-lines', selected: cutLines(content.text.split('\n'), request) };
}

/** `3 kinds of failures do not fit, first in lines 71, 88, 102`: what a reader has to know is missing. */
export function sayUnfit(unit: 'rows' | 'lines', firsts: readonly number[]): string {
  if (firsts.length === 0) return '';
  const named = firsts.slice(0, MOST_NAMED).map((index) => index + 1);
  const more = firsts.length > MOST_NAMED ? ' and others' : '';
  const what = firsts.length === 1 ? '1 kind of failure does' : `${firsts.length} kinds of failures do`;
  return `${what} not fit, first in ${unit} ${named.join(', ')}${more}`;
}

const MOST_NAMED = 8;
