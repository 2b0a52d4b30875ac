import type { ContentKind, ContentOf } from '../content.ts';
import type { EncodeManner, Encoded, EncodingForm, Strategy } from '../strategy.ts';
import { estimateTokens } from './lines/estimate-tokens.ts';
import { foldRepeats, unfoldRepeats } from './lines/fold-repeats.ts';
import { fromShortForm, toShortForm } from './lines/short-form.ts';

const FEWEST_LINES = 6;
/** Of what is surely smaller than this nothing is left out. */
const LEAST_WHOLE_TOKENS = 1_300;
/** Parting values saves less than half. */
const MOST_WHOLE_TOKENS = 2 * LEAST_WHOLE_TOKENS;
/** Longer texts are left alone: it bounds the work and the memory. */
const LONGEST_TEXT = 8_000_000;
/** Prose, code and patches are read line by line, and copied from: there a block has to be worth naming. */
const LEAST_BLOCK_GAIN = {
  log: 6,
  search: 6,
  listing: 6,
  commits: 6,
  csv: 60,
  table: 60,
  diff: 60,
  html: 60,
  xml: 60,
  config: 60,
  code: 60,
  markdown: 60,
  text: 60,
} as const;

/** What machines wrote for people to scan. Code, documents and hits are copied from: their lines stay whole. */
const WITH_TEMPLATES: ReadonlySet<ContentKind> = new Set(['log', 'listing', 'commits', 'table']);
/** Of XML, what test runners and checkers write, by its first elements. */
const REPORTS: ReadonlySet<string> = new Set(
  'testsuites testsuite test-run test-results assemblies TestRun checkstyle pmd BugCollection coverage issues'.split(
    ' ',
  ),
);

type LineKind = keyof typeof LEAST_BLOCK_GAIN;

/**
 * Lines that repeat one another, said once: runs and blocks of the same lines are counted or named, and in logs what
 * lines begin with becomes a heading and what they have in common a template. Decodes character by character.
 */
export const repeatedLines: Strategy<LineKind> = {
  name: 'repeated-lines',
  kinds: [
    'log',
    'search',
    'listing',
    'commits',
    'csv',
    'table',
    'diff',
    'html',
    'xml',
    'config',
    'code',
    'markdown',
    'text',
  ],
  encode,
  decode,
};

function encode(content: ContentOf<LineKind>, manner?: EncodeManner): Encoded | undefined {
  const { text } = content;
  if (text.length > LONGEST_TEXT) return undefined;
  const source = 'lines' in content ? content.lines : text.split('\n');
  if (source.length < FEWEST_LINES) return undefined;
  const carriageReturns = source.every((line, index) => line.endsWith('\r') || index === source.length - 1);
  const lines = carriageReturns
    ? source.map((line, index) => (index === source.length - 1 ? line : line.slice(0, -1)))
    : source;
  const hasTemplates = (WITH_TEMPLATES.has(content.kind) && !isPaths(content)) || isReport(content);
  const leastBlockGain = LEAST_BLOCK_GAIN[content.kind];
  const smallestIn = (keepsValuesWhole: boolean): Candidate =>
    smallest(lines, { text, leastBlockGain, forms: hasTemplates ? [{ keepsValuesWhole }] : [] });
  // Tables are looked up by column, and their values are in one column each.
  const whole = content.kind === 'log' && manner?.keepsValuesWhole === true ? smallestIn(true) : undefined;
  const parted = whole === undefined || whole.tokens < MOST_WHOLE_TOKENS ? smallestIn(false) : undefined;
  const isSmall = parted !== undefined && parted.tokens < LEAST_WHOLE_TOKENS;
  const best = isSmall ? parted : (whole ?? parted);
  if (best === undefined) return undefined;
  return best.layout === undefined ? undefined : { text: best.text, form: { layout: best.layout, carriageReturns } };
}

interface Candidate {
  /** `undefined` for the text as it is. */
  readonly layout: string | undefined;
  readonly text: string;
  /** By estimate. */
  readonly tokens: number;
}

/** The smallest of the text as it is, with its repeats folded, and in short form in these manners. */
function smallest(
  lines: readonly string[],
  {
    text,
    leastBlockGain,
    forms,
  }: { readonly text: string; readonly leastBlockGain: number; readonly forms: readonly EncodeManner[] },
): Candidate {
  const candidates: Candidate[] = [{ layout: undefined, text, tokens: estimateTokens(text) }];
  const add = (layout: string, written: readonly string[]): void => {
    const folded = foldRepeats(written, { leastBlockGain }).join('\n');
    candidates.push({ layout, text: folded, tokens: estimateTokens(folded) });
  };
  add('folded', lines);
  for (const manner of forms) {
    const short = toShortForm(lines, manner);
    if (short !== undefined) add('templates', short);
  }
  return candidates.reduce((best, candidate) => (candidate.tokens < best.tokens ? candidate : best));
}

function decode(text: string, form: EncodingForm | undefined): string {
  const unfolded = unfoldRepeats(text.split('\n'));
  const lines = form?.['layout'] === 'templates' ? fromShortForm(unfolded) : unfolded;
  return lines.join(form?.['carriageReturns'] === true ? '\r\n' : '\n');
}

/** Paths are copied from, as code is; the columns of `ls -l` are not. */
function isPaths(content: ContentOf<LineKind>): boolean {
  return content.kind === 'listing' && content.entries.some((entry) => entry?.isWhole === true);
}

function isReport(content: ContentOf<LineKind>): boolean {
  return content.kind === 'xml' && content.elements.slice(0, 2).some(({ name }) => REPORTS.has(name));
}
