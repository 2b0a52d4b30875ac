import type { ConfigContent } from '../content.ts';
import { notice } from '../notice.ts';
import { estimateTokens } from '../strategies/lines/estimate-tokens.ts';
import type { Selected, SelectionRequest, SelectionStrategy, SourceRange } from '../strategy.ts';
import { configSections, splitSection } from './config-outline.ts';
import type { ConfigSection } from './config-outline.ts';
import { linesOf } from './kept-lines.ts';
import { isNamedBy, queryTerms, scoreLines } from './query-terms.ts';

const FEWEST_LINES = 25;
/** A section that answers is shown whole up to so many tokens; a larger one is split into its parts first. */
const LARGE_SECTION_TOKENS = 300;
const DEEPEST_SPLIT = 4;
const SURE_ANSWERS = 8;
const SURE_SHARE = 0.6;
/** A section that is called as the query names it answers so much more. */
const NAMED_FACTOR = 3;
const ANSWERS_SHARE = 0.5;
/** What the names of all that is left out may cost, in budgets. */
const NAMES_BUDGETS = 1.4;

/**
 * Leaves out sections of a settings or lock file. Those that the query asks for stay as they are, with the comments
 * above them; the others are named, with their lines.
 */
export const configSelection: SelectionStrategy<'config'> = { name: 'config-sections', kinds: ['config'], select };

function select({ lines: source }: ConfigContent, request: SelectionRequest): Selected | undefined {
  const { query, budgetTokens, retrievalId } = request;
  const lines = linesOf(source);
  if (lines.length < FEWEST_LINES) return undefined;
  const { sections, kept } = chooseSections(lines, { query, budgetTokens });
  const left = sections.filter((section) => !kept.has(section));
  if (left.length === 0) return undefined;
  const body = writeSections(lines, { sections, kept, namesTokens: budgetTokens * NAMES_BUDGETS });
  const summary = 'sections that stay are written as they are, in place of the others stand their names and lines';
  const ranges = rangesOf(left);
  const head = notice({ unit: 'lines', total: lines.length, ranges, retrievalId, summary });
  return { text: `${head}\n\n${body}`, unit: 'lines', total: lines.length, leftOut: ranges };
}

function chooseSections(
  lines: readonly string[],
  { query, budgetTokens }: { readonly query: string; readonly budgetTokens: number },
): { readonly sections: readonly ConfigSection[]; readonly kept: ReadonlySet<ConfigSection> } {
  let sections = configSections(lines);
  let answers = answersOf(lines, { sections, query });
  for (let round = 0; round < DEEPEST_SPLIT; round++) {
    const large = new Set(answers.sure.filter((section) => costOf(lines, section) > LARGE_SECTION_TOKENS));
    const split = sections.flatMap((section) => (large.has(section) ? splitSection(lines, section) : [section]));
    if (split.length === sections.length) break;
    sections = split;
    answers = answersOf(lines, { sections, query });
  }
  const kept = new Set<ConfigSection>();
  let spent = 0;
  const keepWhile = (candidates: readonly ConfigSection[], limit: number): void => {
    for (const section of candidates) {
      const cost = costOf(lines, section);
      if (kept.has(section) || spent + cost > limit) continue;
      kept.add(section);
      spent += cost;
    }
  };
  keepWhile(answers.sure, Math.max(budgetTokens, SURE_ANSWERS * LARGE_SECTION_TOKENS));
  keepWhile(answers.all, spent + budgetTokens * ANSWERS_SHARE);
  keepWhile(sections, Math.min(budgetTokens, spent + budgetTokens * ANSWERS_SHARE));
  return { sections, kept };
}

function answersOf(
  lines: readonly string[],
  { sections, query }: { readonly sections: readonly ConfigSection[]; readonly query: string },
): { readonly all: readonly ConfigSection[]; readonly sure: readonly ConfigSection[] } {
  const terms = queryTerms(query);
  const texts = sections.map((section) => textOf(lines, section));
  const scores = scoreLines(texts, terms).map((score, index) => {
    const label = (sections[index]?.label ?? '').toLowerCase();
    return namesOf(label).some((name) => isNamedBy(name, terms)) ? score * NAMED_FACTOR : score;
  });
  const order = [...scores.keys()]
    .filter((index) => (scores[index] ?? 0) > 0)
    .toSorted((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0) || one - other);
  const best = scores[order[0] ?? 0] ?? 0;
  const sure = order.slice(0, SURE_ANSWERS).filter((index) => (scores[index] ?? 0) >= best * SURE_SHARE);
  const pick = (indexes: readonly number[]): readonly ConfigSection[] =>
    indexes.map((index) => sections[index]).filter((section) => section !== undefined);
  return { all: pick(order), sure: pick(sure) };
}

/** `node_modules/axios 0.18.0`, `node_modules/axios`, `axios`. */
function namesOf(label: string): readonly string[] {
  const name = label.split(' ', 1)[0] ?? '';
  return [label, name, name.slice(name.lastIndexOf('/') + 1)];
}

function writeSections(
  lines: readonly string[],
  facts: {
    readonly sections: readonly ConfigSection[];
    readonly kept: ReadonlySet<ConfigSection>;
    readonly namesTokens: number;
  },
): string {
  const { sections, kept, namesTokens } = facts;
  const written: string[] = [];
  let run: ConfigSection[] = [];
  let left = namesTokens;
  const endRun = (): void => {
    const first = run[0];
    const last = run.at(-1);
    if (first === undefined || last === undefined) return;
    const names: string[] = [];
    for (const { label } of run) {
      left -= estimateTokens(label) + 2;
      if (left >= 0 && label !== '') names.push(label);
    }
    const more = run.length - names.length;
    const list = [...names, ...(more > 0 && names.length > 0 ? [`${more} more, the last ${last.label}`] : [])].join(
      ', ',
    );
    const ends = list === '' && run.length > 1 ? `${first.label} to ${last.label}` : list;
    written.push(`[lines ${first.first}-${last.last}${ends === '' ? '' : `: ${ends}`}]`);
    run = [];
  };
  for (const section of sections) {
    if (!kept.has(section)) {
      run.push(section);
      continue;
    }
    endRun();
    written.push(textOf(lines, section).trimEnd());
  }
  endRun();
  return written.join('\n');
}

function textOf(lines: readonly string[], { first, last }: ConfigSection): string {
  return lines.slice(first - 1, last).join('\n');
}

function costOf(lines: readonly string[], section: ConfigSection): number {
  return estimateTokens(textOf(lines, section)) + 1;
}

function rangesOf(sections: readonly ConfigSection[]): readonly SourceRange[] {
  const ranges: { first: number; last: number }[] = [];
  for (const { first, last } of sections) {
    const before = ranges.at(-1);
    if (before !== undefined && before.last + 1 === first) before.last = last;
    else ranges.push({ first, last });
  }
  return ranges;
}
