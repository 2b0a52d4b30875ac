import type { CodeLanguage } from '../code/code-language.ts';
import { LONGEST_SOURCE_CHARS } from '../code/load-grammars.ts';
import { readBlocks } from '../code/syntax-blocks.ts';
import { closersOf, countErrors } from '../code/syntax-nodes.ts';
import type { Grammar } from '../code/tree-sitter.ts';
import type { CodeContent } from '../content.ts';
import { estimateTokens } from '../strategies/lines/estimate-tokens.ts';
import type { Selected, SelectionRequest, SelectionStrategy } from '../strategy.ts';
import { chooseGaps, type CodeChoiceRequest } from './code-choice.ts';
import type { Gap } from './code-folds.ts';
import { readCodeQuestion } from './code-question.ts';
import { rowsThatStay, writeOutline } from './code-text.ts';

const FEWEST_LINES = 25;
/** A part of a file that begins after its first line was asked for by its lines: one that is not longer stays whole. */
const LONGEST_EXCERPT = 200;
/** A text with more errors than these is in another language, or in none. */
const FREE_ERRORS = 3;
const LINES_PER_ERROR = 12;

/**
 * Leaves bodies of functions, long lists and comments out of source code. Imports, declarations and signatures stay, and so
 * does the body of what the question names. Where lines went, a comment of the same language says which. What stays parses:
 * the parser finds no error in it that was not in the source.
 */
export const codeOutline: SelectionStrategy<'code'> = { name: 'code-outline', kinds: ['code'], select };

function select(content: CodeContent, request: SelectionRequest): Selected | undefined {
  const { code, firstNumber = 1 } = content.source;
  if (code.length < FEWEST_LINES || content.text.length > LONGEST_SOURCE_CHARS) return undefined;
  if (firstNumber > 1 && code.length <= LONGEST_EXCERPT) return undefined;
  const outline = chooseOutline(content, request);
  if (outline === undefined || outline.gaps.length === 0 || !stillParses(code, outline)) return undefined;
  const { gaps, grammar } = outline;
  return writeOutline(content, { gaps, language: grammar.language }, request.retrievalId);
}

/** What one grammar makes of a source. */
interface Outline {
  readonly grammar: Grammar;
  readonly errors: number;
  readonly gaps: readonly Gap[];
  /** What closes the blocks that are open where a part of a file ends. */
  readonly closers: string;
}

/** By the grammar that finds the fewest errors, if those are few. */
function chooseOutline({ source: { code }, languages }: CodeContent, request: SelectionRequest): Outline | undefined {
  const { grammars, budgetTokens, query } = request;
  let best: Outline | undefined;
  let choice: CodeChoiceRequest | undefined;
  for (const language of languages) {
    const grammar = grammars?.get(language);
    if (grammar === undefined) continue;
    choice ??= { question: readCodeQuestion(query), budgetTokens, costs: code.map(costOfRow) };
    const outline = outlineBy(grammar, code, choice);
    if (outline !== undefined && outline.errors < (best?.errors ?? Infinity)) best = outline;
    if (best?.errors === 0) break;
  }
  return best;
}

/** In tokens, its line feed counted: the same whichever way lines end. */
function costOfRow(row: string): number {
  return estimateTokens(row.endsWith('\r') ? row.slice(0, -1) : row) + 1;
}

function outlineBy(grammar: Grammar, code: readonly string[], choice: CodeChoiceRequest): Outline | undefined {
  const text = code.join('\n');
  const mostErrors = FREE_ERRORS + code.length / LINES_PER_ERROR;
  const parse = (
    closers: string,
  ): Outline | { readonly open: readonly string[]; readonly errors: number } | undefined =>
    grammar.parse(text + closers, (root) => {
      const errors = countErrors(root);
      const open = errors === 0 || closers !== '' ? [] : closersOf(root);
      if (open.length > 0) return { open, errors };
      return { grammar, errors, closers, gaps: errors > mostErrors ? [] : chooseGaps(readBlocks(root), code, choice) };
    });
  const outline = parse('');
  if (outline === undefined || !('open' in outline)) return outline;
  const closed = parse(closingLines(text, outline.open, grammar.language));
  return closed === undefined || 'open' in closed || closed.errors > outline.errors ? undefined : closed;
}

/** What closes a text that breaks off: a row for each bracket, so that none shares its row with what it closes. */
function closingLines(text: string, brackets: readonly string[], language: CodeLanguage): string {
  const isInComment = text.lastIndexOf('/*') > text.lastIndexOf('*/');
  const ends = brackets.map((bracket) => (bracket === '}' && language === 'cpp' ? '};' : bracket));
  return [isInComment ? '*/' : '', ...ends].join('\n');
}

/** Whether the parser finds no more errors in what stays than in the source. */
function stillParses(code: readonly string[], { grammar, errors, gaps, closers }: Outline): boolean {
  const rest = rowsThatStay(code, gaps, grammar.language).join('\n') + closers;
  const left = grammar.parse(rest, countErrors);
  return left !== undefined && left <= errors;
}
