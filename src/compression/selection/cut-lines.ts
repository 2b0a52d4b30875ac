import { notice } from '../notice.ts';
import { wholeEnd } from '../whole-end.ts';
import type { Selected } from '../strategy.ts';
import { estimateTokens } from '../strategies/lines/estimate-tokens.ts';
import { bestAnswers } from './best-answers.ts';
import { sayUnfit, type CutRequest } from './cut-text.ts';
import { linesOf, rangesLeftOut } from './kept-lines.ts';
import { groupIndexes } from './line-groups.ts';
import { shapeOf } from './log-line-shape.ts';
import { severityOf } from './log-severity.ts';

/** What the notice takes. */
const NOTICE_TOKENS = 110;
/** What the number before a line takes. */
const NUMBER_TOKENS = 3;
/** Parts of the budget up to which failures and answers may fill it; the ends of the text have the rest. */
const FAILURES_SHARE = 0.5;
const ANSWERS_SHARE = 0.7;
/** A line that takes more than this part of the budget is shown in part. */
const LINE_SHARE = 0.2;
/** Estimates are crude, so that what does not fit is made shorter so many times. */
const MOST_ATTEMPTS = 8;
/** And what leaves room is made longer so many times, until it takes this part of what it may. */
const MOST_GROWING = 4;
const FULL_SHARE = 0.9;

/**
 * As much of a text as fits, in whole lines behind their numbers: its head and its tail, one line of each kind of
 * failure, what the question asks for. A line that alone would take most of it is shown in part.
 */
export function cutLines(source: readonly string[], request: CutRequest): Selected {
  const { maxTokens, count, retrievalId } = request;
  const lines = linesOf(source);
  const material = inspect(lines, request.query);
  let fitting: Selected | undefined;
  let budgetTokens = Math.max(maxTokens - NOTICE_TOKENS, maxTokens / 4);
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const selected = write(lines, choose(lines, material, budgetTokens), { material, retrievalId });
    const tokens = count(selected.text);
    const isFitting = tokens <= maxTokens;
    if (isFitting && selected.text.length > (fitting?.text.length ?? 0)) fitting = selected;
    if (isFitting && (attempt >= MOST_GROWING || tokens > maxTokens * FULL_SHARE)) break;
    const share = (budgetTokens + maxTokens - tokens) / budgetTokens;
    budgetTokens *= isFitting ? Math.min(share, 2) : Math.min(Math.max(share, 0.4), 0.9);
  }
  if (fitting !== undefined) return fitting;
  const leftOut = [{ first: 1, last: lines.length }];
  const text = notice({ unit: 'lines', total: lines.length, ranges: leftOut, retrievalId });
  return { text, unit: 'lines', total: lines.length, leftOut };
}

interface Material {
  readonly costs: readonly number[];
  /** The lines of each kind of failure. */
  readonly failures: readonly (readonly number[])[];
  readonly answers: readonly number[];
}

function inspect(lines: readonly string[], query: string): Material {
  const failing = [...lines.keys()].filter((index) => severityOf(lines[index] ?? '') === 'failure');
  const shapes = groupIndexes(failing.map((index) => shapeOf(lines[index] ?? '')));
  return {
    costs: lines.map((line) => estimateTokens(line) + NUMBER_TOKENS),
    failures: [...shapes.values()].map((group) => group.map((at) => failing[at] ?? 0)),
    answers: bestAnswers(lines, query).sure,
  };
}

/** What is shown of each line that is, whole or in part. */
type Shown = ReadonlyMap<number, string>;

function choose(lines: readonly string[], { costs, failures, answers }: Material, budgetTokens: number): Shown {
  const shown = new Map<number, string>();
  let spent = 0;
  const show = (index: number, limitTokens: number, isEnd = false): boolean => {
    if (shown.has(index)) return true;
    const cost = costs[index] ?? 0;
    const mostTokens = budgetTokens * (lines.length === 1 ? 1 : LINE_SHARE);
    const isLong = cost > mostTokens;
    if (spent + Math.min(cost, mostTokens) > limitTokens || (isLong && isEnd)) return false;
    const line = lines[index] ?? '';
    shown.set(index, isLong ? showPart(line, Math.floor((line.length * mostTokens) / cost)) : line);
    spent += Math.min(cost, mostTokens);
    return true;
  };
  show(0, budgetTokens);
  show(lines.length - 1, budgetTokens);
  for (const [first = 0] of failures) show(first, budgetTokens * FAILURES_SHARE);
  for (const index of answers) show(index, budgetTokens * ANSWERS_SHARE);
  let head = 1;
  let tail = lines.length - 2;
  while (head <= tail && show(head, budgetTokens, true)) {
    head++;
    if (head <= tail && show(tail, budgetTokens, true)) tail--;
  }
  return shown;
}

/** The beginning and the end of a line, never between the halves of a surrogate pair. */
function showPart(line: string, mostChars: number): string {
  const head = wholeEnd(line, Math.ceil(mostChars * 0.6));
  const tail = wholeEnd(line, Math.max(head, line.length - Math.floor(mostChars * 0.4)));
  return `${line.slice(0, head)}[... ${tail - head} characters ...]${line.slice(tail)}`;
}

function write(
  lines: readonly string[],
  shown: Shown,
  { material, retrievalId }: { readonly material: Material; readonly retrievalId: string | undefined },
): Selected {
  const whole = Uint8Array.from(lines, (line, index) => (shown.get(index) === line ? 1 : 0));
  const leftOut = rangesLeftOut(whole);
  const unfit = material.failures
    .filter((group) => group.every((index) => !shown.has(index)))
    .map(([first = 0]) => first);
  const isParted = [...shown.keys()].some((index) => whole[index] !== 1);
  const summary = [
    sayUnfit('lines', unfit),
    isParted ? 'long lines are shown in part' : '',
    'the lines that stay follow, each behind its number',
  ];
  const total = lines.length;
  const head = notice({
    unit: 'lines',
    total,
    ranges: leftOut,
    retrievalId,
    summary: summary.filter((part) => part !== '').join('; '),
  });
  const numbered = [...shown.keys()]
    .toSorted((one, other) => one - other)
    .map((index) => `${index + 1}\t${shown.get(index)}`);
  return { text: [head, ...numbered].join('\n'), unit: 'lines', total, leftOut };
}
