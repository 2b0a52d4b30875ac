import { estimateTokens } from '../strategies/lines/estimate-tokens.ts';
import type { XmlElement } from '../markup/xml-elements.ts';
import { shapeOf } from './log-line-shape.ts';
import { queryTerms, scoreLines } from './query-terms.ts';
import { nameOf, timeOf } from './xml-report.ts';
import type { TestCase, TestReport } from './xml-report.ts';

/** Of what a failure printed these lines stay: the first and the last. */
const FIRST_LINES = 6;
const LAST_LINES = 2;
const LONGEST_LINE = 500;
const SLOWEST = 5;
/** Cases and suites that answer the query best. */
const MOST_ANSWERS = 12;
/** Parts of the budget. */
const SKIPPED_SHARE = 0.15;
const SUITES_SHARE = 0.6;
/** Attributes of suites and roots that say nothing of the outcome. */
const UNTOLD = new Set(['id', 'name', 'fullname', 'type', 'runstate', 'classname', 'hostname', 'xmlns', 'site', 'file', 'package']);

/**
 * A report in words: its totals, every failure with its message and the ends of what it printed, cases that the query
 * asks for, the slowest ones, those that were skipped, and the suites, those with failures and the slowest first.
 */
export function reportText(report: TestReport, { query, budgetTokens }: { readonly query: string; readonly budgetTokens: number }): string {
  const { root, cases, suites } = report;
  const failed = cases.filter(({ outcome }) => outcome === 'failed');
  const skipped = cases.filter(({ outcome }) => outcome === 'skipped');
  const parts = [`<${root.name}> ${factsOf(root, true)}`];
  parts.push(`${cases.length} cases: ${cases.length - failed.length - skipped.length} passed, ${failed.length} failed, ${skipped.length} skipped.`);
  if (failed.length > 0) parts.push(`Failed:\n${failureTexts(failed).join('\n')}`);

  const answers = bestOf(cases.map(caseLine), query).map((index) => cases[index]);
  const asked = answers.filter((item) => item !== undefined && item.outcome !== 'failed');
  if (asked.length > 0) parts.push(`Nearest to the question:\n${asked.map((item) => (item === undefined ? '' : `- ${caseLine(item)}`)).join('\n')}`);
  const slowest = cases
    .filter(({ time }) => secondsOf(time) > 0)
    .toSorted((one, other) => secondsOf(other.time) - secondsOf(one.time) || one.element.index - other.element.index)
    .slice(0, SLOWEST);
  if (slowest.length > 0) parts.push(`Slowest cases:\n${slowest.map((item) => `- ${caseLine(item)}`).join('\n')}`);
  if (skipped.length > 0) {
    parts.push(listed(`Skipped (${skipped.length}):`, skipped.map(({ name }) => name), budgetTokens * SKIPPED_SHARE));
  }
  if (suites.length > 1) {
    const lines = suites.map((suite) => `${nameOf(suite.attributes)}: ${factsOf(suite, false)}`);
    const near = bestOf(lines, query);
    const order = [...suites.keys()].toSorted(
      (one, other) => weightOf(suites[other]) - weightOf(suites[one]) || one - other,
    );
    const ordered = [...new Set([...near, ...order])].map((index) => lines[index] ?? '');
    parts.push(listed(`Suites (${suites.length}), those with failures and the slowest first:`, ordered, budgetTokens * SUITES_SHARE));
  }
  return parts.join('\n\n');
}

/** `tests 808, failures 1, skipped 14, time 2126.5`; of a suite only what is not zero. */
function factsOf({ attributes }: XmlElement, isRoot: boolean): string {
  const facts: string[] = [];
  for (const [name, value] of attributes) {
    if (name.startsWith('xmlns') || (!isRoot && (UNTOLD.has(name) || value === '0' || value === ''))) continue;
    if (isRoot || /^-?[\d.,:]+$/.test(value) || name === 'result') facts.push(`${name} ${value}`);
  }
  return facts.join(', ');
}

function failureTexts(failed: readonly TestCase[]): readonly string[] {
  const seen = new Map<string, TestCase>();
  return failed.map((item) => {
    const lines = item.details.split('\n').map((line) => line.trimEnd()).filter((line) => line.trim() !== '');
    const shape = shapeOf(`${item.message} ${lines.join(' ').slice(0, 800)}`);
    const like = seen.get(shape);
    const head = `- ${caseLine(item)}${item.message === '' ? '' : `: ${item.message.slice(0, 4 * LONGEST_LINE)}`}`;
    if (like !== undefined) return `${head}${item.message === '' ? `: ${(lines[0] ?? '').trim().slice(0, LONGEST_LINE)}` : ''} (printed as line ${like.element.first} did)`;
    seen.set(shape, item);
    const cut = lines.length > FIRST_LINES + LAST_LINES + 1;
    const shown = cut
      ? [...lines.slice(0, FIRST_LINES), `[${lines.length - FIRST_LINES - LAST_LINES} lines]`, ...lines.slice(-LAST_LINES)]
      : lines;
    return [head, ...shown.map((line) => `  ${line.trim().slice(0, LONGEST_LINE)}`)].join('\n');
  });
}

/** `name (0.017, line 7)`. */
function caseLine({ name, time, element }: TestCase): string {
  return `${name} (${time === '' ? '' : `${time}, `}line ${element.first})`;
}

function bestOf(lines: readonly string[], query: string): readonly number[] {
  const scores = scoreLines(lines, queryTerms(query));
  const order = [...scores.keys()]
    .filter((index) => (scores[index] ?? 0) > 0)
    .toSorted((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0) || one - other);
  const best = scores[order[0] ?? 0] ?? 0;
  return order.slice(0, MOST_ANSWERS).filter((index) => (scores[index] ?? 0) >= best * 0.5);
}

/** As many of the lines as fit, and how many do not. */
function listed(title: string, lines: readonly string[], limit: number): string {
  const shown: string[] = [];
  let spent = 0;
  for (const line of lines) {
    spent += estimateTokens(line) + 2;
    if (spent > limit && shown.length > 0) break;
    shown.push(`- ${line}`);
  }
  const more = lines.length - shown.length;
  return [title, ...shown, ...(more > 0 ? [`[${more} more]`] : [])].join('\n');
}

function weightOf(suite: XmlElement | undefined): number {
  if (suite === undefined) return 0;
  const { attributes } = suite;
  const bad = Number(attributes.get('failures') ?? attributes.get('failed') ?? 0) + Number(attributes.get('errors') ?? 0);
  return (bad > 0 ? 1e9 : 0) + secondsOf(timeOf(attributes));
}

/** `0.017`, `1,204.5`, `00:00:01.5`. */
function secondsOf(time: string): number {
  const seconds = time.replaceAll(',', '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Number.isFinite(seconds) ? seconds : 0;
}
