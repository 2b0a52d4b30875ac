import type { ContentOf } from '../content.ts';
import type { Encoded, EncodingForm, Strategy } from '../strategy.ts';
import { estimateTokens } from './lines/estimate-tokens.ts';
import { foldRepeats, unfoldRepeats } from './lines/fold-repeats.ts';
import { fromShortForm, toShortForm } from './lines/short-form.ts';

const FEWEST_LINES = 6;
/** Longer texts are left alone: it bounds the work and the memory. */
const LONGEST_TEXT = 8_000_000;
/** Prose and code are read line by line, and copied from: there a block has to be worth naming. */
const LEAST_BLOCK_GAIN = { log: 6, csv: 60, table: 60, text: 60 } as const;

/**
 * Lines that repeat one another, said once: runs and blocks of the same lines are counted or named, and in logs what
 * lines begin with becomes a heading and what they have in common a template. Decodes character by character.
 */
export const repeatedLines: Strategy<'csv' | 'table' | 'log' | 'text'> = {
  name: 'repeated-lines',
  kinds: ['csv', 'table', 'log', 'text'],
  encode,
  decode,
};

function encode(content: ContentOf<'csv' | 'table' | 'log' | 'text'>): Encoded | undefined {
  const { text } = content;
  if (text.length > LONGEST_TEXT) return undefined;
  const source = content.kind === 'text' ? text.split('\n') : content.lines;
  if (source.length < FEWEST_LINES) return undefined;
  const carriageReturns = source.every((line, index) => line.endsWith('\r') || index === source.length - 1);
  const lines = carriageReturns
    ? source.map((line, index) => (index === source.length - 1 ? line : line.slice(0, -1)))
    : source;
  const options = { leastBlockGain: LEAST_BLOCK_GAIN[content.kind] };

  const candidates = [{ layout: 'folded', text: foldRepeats(lines, options).join('\n') }];
  const short = content.kind === 'log' || content.kind === 'table' ? toShortForm(lines) : undefined;
  if (short !== undefined) candidates.push({ layout: 'templates', text: foldRepeats(short, options).join('\n') });
  let best: { readonly layout: string; readonly text: string } | undefined;
  let fewest = estimateTokens(text);
  for (const candidate of candidates) {
    const tokens = estimateTokens(candidate.text);
    if (tokens >= fewest) continue;
    best = candidate;
    fewest = tokens;
  }
  return best === undefined ? undefined : { text: best.text, form: { layout: best.layout, carriageReturns } };
}

function decode(text: string, form: EncodingForm | undefined): string {
  const unfolded = unfoldRepeats(text.split('\n'));
  const lines = form?.['layout'] === 'templates' ? fromShortForm(unfolded) : unfolded;
  return lines.join(form?.['carriageReturns'] === true ? '\r\n' : '\n');
}
