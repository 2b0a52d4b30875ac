import { findExtremes } from '../record-outliers.ts';
import { isNamed, type QueryTerms } from '../record-relevance.ts';
import { shallowColumns } from './row-leaves.ts';
import { labelOf } from './kept-values.ts';
import type { PlaceWeight } from './key-weights.ts';
import type { Part, Place, ValueTree } from './value-tree.ts';

const MOST_ROWS = 4;
/** Rows of shorter lists within a row go with what is in them. */
const FEWEST_INNER_ROWS = 8;
/** Of the best score of a list so much makes a row that answers. */
const ROW_SHARE = 0.7;
/** Asks for an end of a list, whichever way it is sorted. */
const ASKS_FOR_END = /\b(?:last|latest|newest|most recent|recently|first|oldest|earliest)\b/i;
const ASKS_FOR_EXTREME =
  /\b(?:most|least|highest|lowest|largest|smallest|biggest|longest|shortest|max|min|maximum|minimum|top|worst|best|slowest|fastest|greatest|fewest|cheapest|heaviest)\b/i;

interface RowQuestion {
  readonly scores: ReadonlyMap<Part, number>;
  readonly query: string;
  readonly terms: QueryTerms;
}

/**
 * The rows that a question is about: those that hold its words, those with the largest and smallest number at a place
 * that it names, the ends of a list where it asks for the first or the last.
 */
export function askedRows(tree: ValueTree, { scores, query, terms }: RowQuestion): readonly Part[] {
  const rows = new Set(bestRows(scores));
  const asksForEnd = ASKS_FOR_END.test(query);
  const asksForExtreme = ASKS_FOR_EXTREME.test(query);
  if (asksForEnd || asksForExtreme) {
    for (const list of outermostLists(tree)) {
      const { children = [] } = list;
      const ends = asksForEnd ? [0, children.length - 1] : [];
      for (const index of asksForExtreme ? extremesOf(children, terms) : ends) {
        const row = children[index];
        if (row !== undefined) rows.add(row);
      }
    }
  }
  return [...rows];
}

function outermostLists(tree: ValueTree): ReadonlySet<Part> {
  const lists = new Set<Part>();
  for (const { row } of tree.leaves) if (row?.parent !== undefined) lists.add(row.parent);
  return lists;
}

function extremesOf(rows: readonly Part[], terms: QueryTerms): readonly number[] {
  return findExtremes(shallowColumns(rows).filter(({ path }) => isNamed(path, terms))).slice(0, MOST_ROWS);
}

/** What names a row answers so much better than what stands in it. */
const NAME_FACTOR = 2;

/** The terms that stand anywhere in each row, of every list that the row is in; more than 1 for those in its name. */
export function termsOfRows(
  matched: ReadonlyMap<Part, ReadonlySet<string>>,
  weights: ReadonlyMap<Place, PlaceWeight>,
): ReadonlyMap<Part, ReadonlyMap<string, number>> {
  const terms = new Map<Part, Map<string, number>>();
  const labels = new Map<Part, Part | undefined>();
  for (const [leaf, found] of matched) {
    for (let part: Part | undefined = leaf; part !== undefined; part = part.parent) {
      if (!part.isRow) continue;
      if (!labels.has(part)) labels.set(part, labelOf(part, weights));
      const factor = labels.get(part) === leaf || (leaf.parent === part && part.place.key === '{}') ? NAME_FACTOR : 1;
      let known = terms.get(part);
      if (known === undefined) terms.set(part, (known = new Map()));
      for (const term of found) known.set(term, Math.max(factor, known.get(term) ?? 0));
    }
  }
  return terms;
}

/** A term counts the more, the fewer rows of the list have it. */
export function rowScores(
  rowTerms: ReadonlyMap<Part, ReadonlyMap<string, number>>,
  terms: QueryTerms,
): ReadonlyMap<Part, number> {
  const counts = new Map<Part, Map<string, number>>();
  for (const [row, found] of rowTerms) {
    const list = row.parent;
    if (list === undefined) continue;
    let known = counts.get(list);
    if (known === undefined) counts.set(list, (known = new Map()));
    for (const term of found.keys()) known.set(term, (known.get(term) ?? 0) + 1);
  }
  const scores = new Map<Part, number>();
  for (const [row, found] of rowTerms) {
    const list = row.parent;
    const rowCount = list?.children?.length ?? 1;
    let score = 0;
    for (const [term, factor] of found) {
      const holders = (list === undefined ? undefined : counts.get(list)?.get(term)) ?? 1;
      if (holders <= rowCount / 2) score += (terms.get(term) ?? 1) * factor * Math.log(rowCount / holders);
    }
    if (score > 0) scores.set(row, score);
  }
  return scores;
}

/** Of the outermost lists, and of those within rows that answer and long ones within any. */
function bestRows(scores: ReadonlyMap<Part, number>): readonly Part[] {
  const byList = new Map<Part, Part[]>();
  for (const row of scores.keys()) {
    if (row.parent === undefined) continue;
    const known = byList.get(row.parent);
    if (known === undefined) byList.set(row.parent, [row]);
    else known.push(row);
  }
  const scoreOf = (row: Part): number => scores.get(row) ?? 0;
  const best = new Set<Part>();
  for (const [list, rows] of [...byList].sort(([one], [other]) => one.first - other.first)) {
    const isTold = list.row === undefined || best.has(list.row);
    if (!isTold && (list.children?.length ?? 0) < FEWEST_INNER_ROWS) continue;
    const ranked = rows.toSorted((one, other) => scoreOf(other) - scoreOf(one) || one.first - other.first);
    const most = ranked[0] === undefined ? 0 : scoreOf(ranked[0]);
    for (const row of ranked.slice(0, MOST_ROWS)) if (scoreOf(row) >= most * ROW_SHARE) best.add(row);
  }
  // Those within rows that answer before those within others, the best first.
  const rank = (row: Part): number => (row.row === row ? 2 : Number(row.row !== undefined && best.has(row.row)));
  return [...best].sort(
    (one, other) => rank(other) - rank(one) || scoreOf(other) - scoreOf(one) || one.first - other.first,
  );
}

/** A term that more values of a row hold does not lead to one of them. */
const MOST_HOLDERS = 3;
const MOST_TOLD_ROWS = 3;

/** In each row that answers, the values that few terms of the question lead to. */
export function answersInRows(rows: readonly Part[], matched: ReadonlyMap<Part, ReadonlySet<string>>): readonly Part[] {
  const answers: Part[] = [];
  const outermost = rows.filter((row) => row.row === row).slice(0, MOST_TOLD_ROWS);
  for (const row of outermost) {
    const holders = new Map<string, Part[]>();
    const look = (part: Part): void => {
      for (const term of part.children === undefined ? (matched.get(part) ?? []) : []) {
        const known = holders.get(term);
        if (known === undefined) holders.set(term, [part]);
        else known.push(part);
      }
      for (const child of part.children ?? []) look(child);
    };
    look(row);
    for (const leaves of holders.values()) if (leaves.length <= MOST_HOLDERS) answers.push(...leaves.slice(0, 1));
  }
  return [...new Set(answers)];
}
