import type { TokenCounter } from '../../tokens/count-tokens.ts';
import { plainlySpelled } from '../json/plainly-spelled.ts';
import type { JsonContent } from '../content.ts';
import { notice } from '../notice.ts';
import { estimateTokens } from '../strategies/records/estimate-tokens.ts';
import type { Selected, SelectionRequest, SelectionStrategy } from '../strategy.ts';
import { chooseValues } from './fields/choose-values.ts';
import { exampleOf } from './fields/example-path.ts';
import { isDocument } from './fields/is-document.ts';
import { showValues } from './fields/shown-values.ts';
import { valueTree } from './fields/value-tree.ts';
import { writeFields } from './fields/write-fields.ts';

/**
 * Of a JSON document that is not a flat list, the values that tell most: what names things and says how they are, every
 * distinct failure, what the question asks for. Signs in angle brackets, outside of quotes, stand for what is left out;
 * keys are named, long texts keep both ends, bytes their beginning, lists of numbers their extremes.
 */
export const jsonFields: SelectionStrategy<'json'> = { name: 'json-fields', kinds: ['json'], select };

function select({ text, json }: JsonContent, request: SelectionRequest): Selected | undefined {
  const root = plainlySpelled(text, json);
  if (!isDocument(root)) return undefined;
  const tree = valueTree(root);
  const { query, count } = request;
  const budgetTokens = request.budgetTokens / tokensPerEstimate(text, count);
  const shown = showValues(tree, chooseValues(tree, { query, budgetTokens }));
  const { leftOut } = shown;
  const { total } = tree;
  const path = exampleOf(tree.root, shown);
  if (leftOut.length === 0 || path === undefined) return undefined;
  const head = notice({ unit: 'values', total, ranges: leftOut, retrievalId: request.retrievalId, path });
  return { text: `${head}\n${writeFields(tree.root, shown)}`, unit: 'values', total, leftOut };
}

const SAMPLE_CHARACTERS = 8_000;

/** How many tokens of the model one estimated token is, in this document. */
function tokensPerEstimate(text: string, count: TokenCounter): number {
  const sample = text.slice(0, SAMPLE_CHARACTERS);
  return Math.max(LEAST_RATIO, count(sample) / Math.max(1, estimateTokens(sample)));
}

const LEAST_RATIO = 0.3;
