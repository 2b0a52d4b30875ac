import { commentLine, emptyStatement, type CodeLanguage } from '../code/code-language.ts';
import { LONGEST_SOURCE_CHARS } from '../code/load-grammars.ts';
import { readBlocks } from '../code/syntax-blocks.ts';
import { countErrors } from '../code/syntax-nodes.ts';
import type { Grammar } from '../code/tree-sitter.ts';
import type { CodeContent } from '../content.ts';
import { formatRanges, notice } from '../notice.ts';
import { estimateTokens } from '../strategies/lines/estimate-tokens.ts';
import type { Selected, SelectionRequest, SelectionStrategy, SourceRange } from '../strategy.ts';
import { chooseGaps, type CodeChoiceRequest } from './code-choice.ts';
import type { Gap } from './code-folds.ts';
import { readCodeQuestion } from './code-question.ts';

const FEWEST_LINES = 25;
/** A text with more errors than these is in another language, or in none. */
const FREE_ERRORS = 3;
const LINES_PER_ERROR = 30;
/** Of what is left out so much is told by name. */
const MOST_NAMES = 40;
const LONGEST_NAMES = 400;

/**
 * Leaves bodies of functions, long lists and comments out of source code. Imports, declarations and signatures stay, and so
 * does the body of what the question names. Where lines went, a comment of the same language says which. What stays parses:
 * the parser finds no error in it that was not in the source.
 */
export const codeOutline: SelectionStrategy<'code'> = { name: 'code-outline', kinds: ['code'], select };

function select(content: CodeContent, request: SelectionRequest): Selected | undefined {
  const { code } = content.source;
  if (code.length < FEWEST_LINES || content.text.length > LONGEST_SOURCE_CHARS) return undefined;
  const outline = chooseOutline(content, request);
  if (outline === undefined || outline.gaps.length === 0) return undefined;
  if (!stillParses(code, outline)) return undefined;
  return writeOutline(content, outline, request.retrievalId);
}

/** What one grammar makes of a source. */
interface Outline {
  readonly grammar: Grammar;
  readonly errors: number;
  readonly gaps: readonly Gap[];
}

/** By the grammar that finds the fewest errors, if those are few. */
function chooseOutline({ source: { code }, languages }: CodeContent, request: SelectionRequest): Outline | undefined {
  const { grammars, budgetTokens, query } = request;
  const text = code.join('\n');
  const mostErrors = FREE_ERRORS + code.length / LINES_PER_ERROR;
  let best: Outline | undefined;
  let choice: CodeChoiceRequest | undefined;
  for (const language of languages) {
    const grammar = grammars?.get(language);
    if (grammar === undefined) continue;
    choice ??= { question: readCodeQuestion(query), budgetTokens, costs: code.map((line) => estimateTokens(line) + 1) };
    const request = choice;
    const outline = grammar.parse(text, (root): Outline => {
      const errors = countErrors(root);
      return { grammar, errors, gaps: errors > mostErrors ? [] : chooseGaps(readBlocks(root), code, request) };
    });
    if (outline !== undefined && outline.errors < (best?.errors ?? Infinity)) best = outline;
    if (best?.errors === 0) break;
  }
  return best;
}

/** Whether the parser finds no more errors in what stays than in the source. */
function stillParses(code: readonly string[], { grammar, errors, gaps }: Outline): boolean {
  const rest = withGaps(code, gaps, (gap) => [standIn(gap, grammar.language, 0, code)]).join('\n');
  const left = grammar.parse(rest, countErrors);
  return left !== undefined && left <= errors;
}

function writeOutline(
  { source: { lines, start, code, firstNumber } }: CodeContent,
  { gaps, grammar: { language } }: Outline,
  retrievalId: string | undefined,
): Selected {
  const leftOut = rangesOf(gaps, start);
  const rows = lines.slice(start, start + code.length);
  const shown = withGaps(rows, gaps, (gap) => [numberSpace(rows, code, gap) + standIn(gap, language, start, code)]);
  const isCountedApart = firstNumber !== undefined && firstNumber !== start + 1;
  const counted = isCountedApart
    ? ', counted from the first line of this result and not by the numbers before them'
    : '';
  const words = notice({
    unit: 'lines',
    total: lines.length,
    ranges: leftOut,
    retrievalId,
    summary: `bodies and comments; where each was, a comment in the code says which lines${counted}`,
  });
  const text = [...lines.slice(0, start), ...shown, ...lines.slice(start + code.length), words].join('\n');
  return { text, unit: 'lines', total: lines.length, leftOut };
}

function withGaps(rows: readonly string[], gaps: readonly Gap[], standIn: (gap: Gap) => readonly string[]): string[] {
  const shown: string[] = [];
  let next = 0;
  for (const gap of gaps) {
    shown.push(...rows.slice(next, gap.first), ...standIn(gap));
    next = gap.last + 1;
  }
  return [...shown, ...rows.slice(next)];
}

/** `    // lines 12-40 left out`, as far in as what it stands for. */
function standIn(gap: Gap, language: CodeLanguage, start: number, code: readonly string[]): string {
  const line = code[gap.first] ?? '';
  const indent = line.slice(0, line.length - line.trimStart().length);
  const names = namesOf(gap.names);
  const words = `${gap.first === gap.last ? 'line' : 'lines'} ${formatRanges(rangesOf([gap], start))} left out${names === '' ? '' : `: ${names}`}`;
  const comment = gap.isWholeBlock ? emptyStatement(language, words) : commentLine(language, words);
  return `${indent}${comment}${line.endsWith('\r') ? '\r' : ''}`;
}

function namesOf(names: readonly string[]): string {
  const told: string[] = [];
  let length = 0;
  for (const name of new Set(names)) {
    if (!NAME.test(name)) continue;
    length += name.length + 2;
    if (told.length >= MOST_NAMES || length > LONGEST_NAMES) break;
    told.push(name);
  }
  const others = new Set(names).size - told.length;
  return told.length === 0 || others === 0 ? told.join(', ') : `${told.join(', ')} and ${others} more`;
}

const NAME = /^[\w$.:~@?!-]{1,80}$/;

/** As many blanks as the number before a line takes. */
function numberSpace(rows: readonly string[], code: readonly string[], { first }: Gap): string {
  const row = rows[first] ?? '';
  return row.slice(0, row.length - (code[first] ?? '').length).replace(/\d/g, ' ');
}

/** Lines of the result, counted from 1. Gaps that touch one another are one range. */
function rangesOf(gaps: readonly Gap[], start: number): SourceRange[] {
  const ranges: { first: number; last: number }[] = [];
  for (const gap of gaps) {
    const first = start + gap.first + 1;
    const last = start + gap.last + 1;
    const before = ranges.at(-1);
    if (before !== undefined && before.last + 1 === first) before.last = last;
    else ranges.push({ first, last });
  }
  return ranges;
}
