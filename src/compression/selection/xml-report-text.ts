import { estimateTokens } from '../strategies/lines/estimate-tokens.ts';
import type { XmlElement } from '../markup/xml-elements.ts';
import { shapeOf } from './log-line-shape.ts';
import { isNamedBy, queryTerms, scoreLines } from './query-terms.ts';
import { nameOf, timeOf } from './xml-report.ts';
import type { TestCase, TestReport } from './xml-report.ts';

/** Of what a failure printed these lines stay: the first and the last. */
const FIRST_LINES = 5;
const LAST_LINES = 2;
const OWN_LINES = 2;
const LONGEST_LINE = 500;
const SLOWEST = 5;
/** Cases and suites that answer the query best. */
const MOST_ANSWERS = 12;
const NAMED_FACTOR = 4;
/** Parts of the budget. */
const SKIPPED_SHARE = 0.15;
const SUITES_SHARE = 0.6;
/** Attributes of suites and roots that say nothing of the outcome. */
const UNTOLD = new Set([
  'id',
  'name',
  'fullname',
  'type',
  'runstate',
  'classname',
  'hostname',
  'xmlns',
  'site',
  'file',
  'package',
]);

/**
 * A report in words: its totals, every failure with its message and the ends of what it printed, cases that the query
 * asks for, the slowest ones, those that were skipped, and the suites, those with failures and the slowest first.
 */
export function reportText(
  report: TestReport,
  { query, budgetTokens }: { readonly query: string; readonly budgetTokens: number },
): string {
  const { root, cases, suites } = report;
  const failed = cases.filter(({ outcome }) => outcome === 'failed');
  const skipped = cases.filter(({ outcome }) => outcome === 'skipped');
  const parts = [`<${root.name}> ${factsOf(root, true)}`];
  parts.push(
    `${cases.length} cases: ${cases.length - failed.length - skipped.length} passed, ${failed.length} failed, ${skipped.length} skipped.`,
  );
  if (failed.length > 0) parts.push(`Failed:\n${failureTexts(failed).join('\n')}`);

  const answers = bestOf(cases.map(caseLine), {
    query,
    names: cases.map(({ element }) => nameOf(element.attributes)),
  }).map((index) => cases[index]);
  const asked = answers.filter((item) => item !== undefined && item.outcome !== 'failed');
  if (asked.length > 0)
    parts.push(
      `Nearest to the question:\n${asked.map((item) => (item === undefined ? '' : `- ${caseLine(item)}`)).join('\n')}`,
    );
  const slowest = cases
    .filter(({ time }) => secondsOf(time) > 0)
    .toSorted((one, other) => secondsOf(other.time) - secondsOf(one.time) || one.element.index - other.element.index)
    .slice(0, SLOWEST);
  if (slowest.length > 0) parts.push(`Slowest cases:\n${slowest.map((item) => `- ${caseLine(item)}`).join('\n')}`);
  if (skipped.length > 0) {
    parts.push(
      listed(
        `Skipped (${skipped.length}):`,
        skipped.map(({ name }) => name),
        budgetTokens * SKIPPED_SHARE,
      ),
    );
  }
  if (suites.length > 1) {
    const lines = suites.map((suite) => `${nameOf(suite.attributes)}: ${factsOf(suite, false)}`);
    const near = bestOf(lines, { query, names: suites.map(({ attributes }) => nameOf(attributes)) });
    const order = [...suites.keys()].toSorted(
      (one, other) => weightOf(suites[other]) - weightOf(suites[one]) || one - other,
    );
    const ordered = [...new Set([...near, ...order])].map((index) => lines[index] ?? '');
    parts.push(
      listed(
        `Suites (${suites.length}), those with failures and the slowest first:`,
        ordered,
        budgetTokens * SUITES_SHARE,
      ),
    );
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
    const lines = item.details
      .split('\n')
      .map((line) => line.trimEnd())
      .filter((line) => line.trim() !== '');
    const shape = shapeOf(`${item.message} ${lines.join(' ').slice(0, 800)}`);
    const like = seen.get(shape);
    const head = `- ${caseLine(item)}${item.message === '' ? '' : `: ${item.message.slice(0, 4 * LONGEST_LINE)}`}`;
    if (like !== undefined)
      return `${head}${item.message === '' ? `: ${(lines[0] ?? '').trim().slice(0, LONGEST_LINE)}` : ''} (printed as line ${like.element.first} did)`;
    seen.set(shape, item);
    return [head, ...endsOf(lines, ownNameOf(item)).map((line) => `  ${line.trim().slice(0, LONGEST_LINE)}`)].join(
      '\n',
    );
  });
}

/** The first and last lines, and between them those that name the test's own class. */
function endsOf(lines: readonly string[], ownName: string): readonly string[] {
  if (lines.length <= FIRST_LINES + LAST_LINES + 1) return lines;
  const middle = lines.slice(FIRST_LINES, -LAST_LINES);
  const own = ownName === '' ? [] : middle.filter((line) => line.includes(ownName)).slice(0, OWN_LINES);
  return [...lines.slice(0, FIRST_LINES), `[${middle.length} lines]`, ...own, ...lines.slice(-LAST_LINES)];
}

/** `OtherTest` of `org.example.OtherTest`. */
function ownNameOf({ element: { attributes } }: TestCase): string {
  const name = attributes.get('classname') ?? attributes.get('class') ?? '';
  return name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('\\')) + 1);
}

/** `name (0.017, line 7)`. */
function caseLine({ name, time, element }: TestCase): string {
  return `${name} (${time === '' ? '' : `${time}, `}line ${element.first})`;
}

/** What the query names, by its own name or the last part of it, before what it only touches. */
function bestOf(
  lines: readonly string[],
  { query, names }: { readonly query: string; readonly names: readonly string[] },
): readonly number[] {
  const terms = queryTerms(query);
  const scores = scoreLines(lines, terms).map((score, index) => {
    const name = (names[index] ?? '').toLowerCase();
    return isNamedBy(name, terms) || isNamedBy(name.slice(name.lastIndexOf('.') + 1), terms)
      ? score * NAMED_FACTOR
      : score;
  });
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
  const bad =
    Number(attributes.get('failures') ?? attributes.get('failed') ?? 0) + Number(attributes.get('errors') ?? 0);
  return (bad > 0 ? 1e9 : 0) + secondsOf(timeOf(attributes));
}

/** `0.017`, `1,204.5`, `00:00:01.5`. */
function secondsOf(time: string): number {
  const seconds = time
    .replaceAll(',', '')
    .split(':')
    .reduce((sum, part) => sum * 60 + Number(part), 0);
  return Number.isFinite(seconds) ? seconds : 0;
}
