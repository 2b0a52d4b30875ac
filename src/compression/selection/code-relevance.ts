import type { CodeQuestion } from './code-question.ts';
import { wordsOfName } from './code-question.ts';
import type { FoldUnit } from './code-units.ts';
import { scoreLines } from './query-terms.ts';

/** A block, and how well it answers the question. */
export interface RatedUnit {
  readonly unit: FoldUnit;
  readonly score: number;
  /** Whether the question names it. */
  readonly isAsked: boolean;
  /** The rows of it that answer, the best first. */
  readonly rows: readonly { readonly row: number; readonly score: number }[];
}

/** What it is called counts for more than what is said in it. */
const IDENTIFIER_SCORE = 40;
const WORD_SCORE = 12;
const PART_SCORE = 2;
const OWNER_SCORE = 4;
/** A block's best rows tell how well it answers. */
const ROWS_THAT_COUNT = 3;
const MOST_ROWS = 6;
/** A word that this many definitions are called is no name of one of them. */
const MOST_NAMESAKES = 4;
const SHORTEST_WORD = 4;

/** Rates blocks by their names and by what is said in them, the best first. */
export function rateUnits(
  units: readonly FoldUnit[],
  rows: readonly string[],
  question: CodeQuestion,
): readonly RatedUnit[] {
  const rowScores = scoreLines(rows, question.terms);
  const names = units.map(({ block }) => block.name.slice(block.name.lastIndexOf('.') + 1));
  const rate = nameRater(names, question);
  return units
    .map((unit, index): RatedUnit => {
      const answers = answersIn(unit, rowScores);
      const rating = rate(names[index] ?? '');
      const owner = unit.path.some((name) => question.identifiers.has(name.toLowerCase())) ? OWNER_SCORE : 0;
      const said = answers.slice(0, ROWS_THAT_COUNT).reduce((sum, { score }) => sum + score, 0);
      return { unit, score: rating.score + owner + said, isAsked: rating.isAsked, rows: answers.slice(0, MOST_ROWS) };
    })
    .toSorted((one, other) => other.score - one.score || one.unit.block.first - other.unit.block.first);
}

function answersIn({ block }: FoldUnit, scores: Float64Array): { row: number; score: number }[] {
  const answers: { row: number; score: number }[] = [];
  for (let row = block.first; row <= block.last; row++) {
    const score = scores[row] ?? 0;
    if (score > 0) answers.push({ row, score });
  }
  return answers.sort((one, other) => other.score - one.score || one.row - other.row);
}

interface Rating {
  readonly score: number;
  readonly isAsked: boolean;
}

function nameRater(names: readonly string[], { identifiers, words }: CodeQuestion): (name: string) => Rating {
  const namesakes = new Map<string, number>();
  const holders = new Map<string, number>();
  const partsOf = memoizeParts();
  for (const name of names) {
    const lowered = name.toLowerCase();
    namesakes.set(lowered, (namesakes.get(lowered) ?? 0) + 1);
    for (const word of partsOf(name)) holders.set(word, (holders.get(word) ?? 0) + 1);
  }
  const stems = new Set(
    [...words, ...[...identifiers].flatMap(wordsOfName)].filter((word) => word.length > 2).map(stemOf),
  );
  return (name) => {
    const lowered = name.toLowerCase();
    if (lowered === '') return { score: 0, isAsked: false };
    if (identifiers.has(lowered)) return { score: IDENTIFIER_SCORE, isAsked: true };
    const isWord =
      words.has(lowered) && lowered.length >= SHORTEST_WORD && (namesakes.get(lowered) ?? 0) <= MOST_NAMESAKES;
    const parts = partsOf(name);
    const isSpelledOut = parts.size > 1 && [...parts].every((part) => stems.has(part));
    let score = isWord || isSpelledOut ? WORD_SCORE : 0;
    for (const part of parts) {
      if (!stems.has(part)) continue;
      score += (PART_SCORE * Math.log((names.length + 1) / ((holders.get(part) ?? 0) + 0.5))) / Math.sqrt(parts.size);
    }
    return { score, isAsked: isWord || isSpelledOut };
  };
}

/** Many definitions of a source have the same name. */
function memoizeParts(): (name: string) => ReadonlySet<string> {
  const known = new Map<string, ReadonlySet<string>>();
  return (name) => {
    const parts = known.get(name) ?? new Set(wordsOfName(name).map(stemOf));
    known.set(name, parts);
    return parts;
  };
}

/** `redirects`, `redirected` and `redirect` are one word, and so are `dropped` and `drop`. */
function stemOf(word: string): string {
  if (word.length <= 4) return word;
  const stem = word.replace(/(?:ing|ed|es|s|er|or|ion|e)$/, '');
  return stem.length < word.length && /([bdgklmnprt])\1$/.test(stem) ? stem.slice(0, -1) : stem;
}
