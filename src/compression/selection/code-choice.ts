import type { CodeBlock } from '../code/syntax-blocks.ts';
import { CodeFolds, GAP_TOKENS, type Gap } from './code-folds.ts';
import type { CodeQuestion } from './code-question.ts';
import { rateUnits, type RatedUnit } from './code-relevance.ts';
import { readCodeUnits, type CodeUnits, type CommentUnit, type MemberUnit } from './code-units.ts';

export interface CodeChoiceRequest {
  readonly question: CodeQuestion;
  readonly budgetTokens: number;
  /** What each row costs, in tokens. */
  readonly costs: readonly number[];
}

/** Bodies of what is named in the question stay whatever they cost: so many, or as much of the budget. */
const MOST_ASKED = 8;
const ASKED_SHARE = 2;
/** Rows that answer about as well as the best does, shown whatever they cost. */
const SURE_ROWS = 10;
/** Parts of the budget that each of these may take, even where what always stays took all of it. */
const ANSWERS_SHARE = 0.4;
const COMMENTS_SHARE = 0.25;
/** Signatures may take this part of a source, within these bounds, before some of them are told by name alone. */
const SIGNATURES_SHARE = 0.4;
const LEAST_SIGNATURES_TOKENS = 1_500;
const MOST_SIGNATURES_TOKENS = 8_000;
/** A shorter member is hardly longer than what tells of it: such go last, and from the end on, so that one comment tells of many. */
const LONG_MEMBER_TOKENS = 20;
/** A body that answers is shown whole up to this part of the budget, and else in part. */
const WHOLE_ANSWER_SHARE = 0.3;
/** Of a list that is left out these stay, to show what the others are like. */
const SHOWN_VALUES = 2;
/** A comment that is cheaper stays. */
const SMALL_COMMENT_TOKENS = 2 * GAP_TOKENS;

/**
 * Chooses what is left out of a source. Always stays: imports, declarations, signatures. Whatever the budget: bodies of
 * what the question names, and the statements that answer best. Within shares of the budget: more answers, comments.
 * Where signatures alone take more than the budget allows, those that no word of the question asks for are told by name.
 */
export function chooseGaps(root: CodeBlock, rows: readonly string[], request: CodeChoiceRequest): readonly Gap[] {
  const { question, budgetTokens, costs } = request;
  const units = readCodeUnits(root);
  const folds = new CodeFolds(costs);
  const rated = rateUnits([...units.bodies, ...units.values], rows, question);
  const whole = folds.costOf({ first: 0, last: rows.length - 1 });
  const spent = { tokens: whole };

  for (const container of units.containers) folds.open(container);
  foldAll(units, folds, spent);
  const room = Math.min(MOST_SIGNATURES_TOKENS, Math.max(LEAST_SIGNATURES_TOKENS, whole * SIGNATURES_SHARE));
  dropMembers(units, rated, { folds, spent, limit: Math.max(budgetTokens, room) });
  showAsked(rated, { folds, spent, limit: budgetTokens * ASKED_SHARE });
  showAnswers(rated, { folds, spent, budgetTokens });
  const withComments = Math.max(budgetTokens, spent.tokens + budgetTokens * COMMENTS_SHARE);
  showComments(units.comments, { folds, spent, limit: withComments });
  showSmall(rated, { folds, spent, limit: budgetTokens });
  return folds.gapsIn(root);
}

interface Ledger {
  readonly folds: CodeFolds;
  readonly spent: { tokens: number };
  readonly limit: number;
}

/** Leaves out all that can be. */
function foldAll({ bodies, values, comments }: CodeUnits, folds: CodeFolds, spent: { tokens: number }): void {
  for (const { block } of [...bodies, ...values]) {
    if (!folds.isWorthFolding(block)) continue;
    folds.fold(block);
    if (block.role === 'values') for (const item of block.items.slice(0, SHOWN_VALUES)) folds.reveal(block, item.first);
    spent.tokens -= folds.costOf(block) - folds.costOfShown(block);
  }
  for (const { item } of comments) {
    if (item === undefined || folds.costOf(item) < SMALL_COMMENT_TOKENS) continue;
    folds.drop(item);
    spent.tokens -= folds.costOf(item) - GAP_TOKENS;
  }
}

/** Tells the declarations that matter least by their names, until the others fit. */
function dropMembers(
  { members, comments }: CodeUnits,
  rated: readonly RatedUnit[],
  { folds, spent, limit }: Ledger,
): void {
  if (spent.tokens <= limit) return;
  const ratings = new Map(rated.map((rating) => [rating.unit.item, rating]));
  const documented = new Map(comments.map((comment) => [comment.about, comment]));
  const costOf = ({ item, last }: MemberUnit): number => {
    let cost = folds.costOf({ first: item.first, last });
    for (const block of item.blocks) cost -= folds.costOf(block) - folds.costOfShown(block);
    return cost;
  };
  const order = members
    .filter(({ item }) => ratings.get(item)?.isAsked !== true)
    .map((member) => ({ item: member.item, cost: costOf(member), score: ratings.get(member.item)?.score ?? 0 }))
    .toSorted((one, other) => one.score - other.score || other.cost - one.cost);
  const long = order.filter(({ cost }) => cost >= LONG_MEMBER_TOKENS);
  const short = order
    .filter(({ cost }) => cost < LONG_MEMBER_TOKENS)
    .toSorted((one, other) => other.item.first - one.item.first);
  for (const { item, cost } of [...long, ...short]) {
    if (spent.tokens <= limit) return;
    folds.drop(item);
    spent.tokens -= cost;
    const comment = documented.get(item)?.item;
    if (comment === undefined) continue;
    spent.tokens -= folds.isDropped(comment) ? GAP_TOKENS : folds.costOf(comment);
    folds.drop(comment);
  }
}

/** Bodies of what the question names, and what documents them. */
function showAsked(rated: readonly RatedUnit[], { folds, spent, limit }: Ledger): void {
  const end = spent.tokens + limit;
  const asked = rated.filter(({ isAsked }) => isAsked);
  for (const [index, { unit, score }] of asked.entries()) {
    if (index >= MOST_ASKED && spent.tokens >= end) return;
    if (score > 0) show(unit.block, { folds, spent });
  }
}

function show(block: CodeBlock, { folds, spent }: Pick<Ledger, 'folds' | 'spent'>): void {
  spent.tokens += folds.costOf(block) - folds.costOfShown(block);
  folds.unfold(block);
}

/** The statements that answer best, then bodies and statements that answer at all, as far as the budget goes. */
function showAnswers(
  rated: readonly RatedUnit[],
  { folds, spent, budgetTokens }: Omit<Ledger, 'limit'> & { readonly budgetTokens: number },
): void {
  const limit = Math.max(budgetTokens, spent.tokens + budgetTokens * ANSWERS_SHARE);
  const wholeLimit = budgetTokens * WHOLE_ANSWER_SHARE;
  const reveal = (block: CodeBlock, row: number): void => {
    const before = folds.costOfShown(block);
    folds.reveal(block, row);
    if (folds.isNearlyWhole(block)) folds.unfold(block);
    spent.tokens += folds.costOfShown(block) - before;
  };
  const rows = rated.flatMap(({ unit, rows }) => rows.map(({ row, score }) => ({ block: unit.block, row, score })));
  rows.sort((one, other) => other.score - one.score || one.row - other.row);
  const best = rows[0]?.score ?? 0;
  for (const { block, row, score } of rows.slice(0, SURE_ROWS)) if (score >= best * 0.7) reveal(block, row);
  for (const { unit, score, rows: answers } of rated) {
    if (score <= 0 || spent.tokens >= limit) break;
    const cost = folds.costOf(unit.block) - folds.costOfShown(unit.block);
    if (cost <= Math.min(wholeLimit, limit - spent.tokens)) show(unit.block, { folds, spent });
    else for (const { row } of answers) if (spent.tokens < limit) reveal(unit.block, row);
  }
}

/** Short comments first: they say the most for what they cost. */
function showComments(comments: readonly CommentUnit[], { folds, spent, limit }: Ledger): void {
  const order = comments
    .filter(({ item, body }) =>
      item === undefined ? body !== undefined && folds.isFolded(body) : folds.isDropped(item),
    )
    .map((comment) => ({ comment, cost: folds.costOf(comment) }))
    .toSorted((one, other) => one.cost - other.cost);
  for (const { comment, cost } of order) {
    if (spent.tokens + cost > limit) return;
    const { item, body, about } = comment;
    if (about !== undefined && folds.isDropped(about)) continue;
    if (item !== undefined) folds.keep(item);
    else if (body !== undefined) folds.keepDocstring(body);
    spent.tokens += cost;
  }
}

/** What is left of the budget goes to the shortest bodies. */
function showSmall(rated: readonly RatedUnit[], { folds, spent, limit }: Ledger): void {
  const order = rated
    .map(({ unit }) => ({
      block: unit.block,
      cost: folds.costOf(unit.block) - folds.costOfShown(unit.block),
      item: unit.item,
    }))
    .filter(({ cost, item }) => cost > 0 && !folds.isDropped(item))
    .toSorted((one, other) => one.cost - other.cost);
  for (const { block, cost } of order) {
    if (spent.tokens + cost > limit) return;
    show(block, { folds, spent });
  }
}
