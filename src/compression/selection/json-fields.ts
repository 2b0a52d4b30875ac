import { plainlySpelled } from '../json/plainly-spelled.ts';
import type { JsonContent } from '../content.ts';
import { notice } from '../notice.ts';
import { estimateTokens } from '../strategies/records/estimate-tokens.ts';
import type { Selected, SelectionRequest, SelectionStrategy } from '../strategy.ts';
import { chooseValues, FRAME_TOKENS, prepareChoice } from './fields/choose-values.ts';
import { exampleOf } from './fields/example-path.ts';
import type { FailingThings } from './fields/failing-values.ts';
import { sayAlike } from './fields/say-alike.ts';
import { isDocument } from './fields/is-document.ts';
import { showValues, type ShownValues } from './fields/shown-values.ts';
import { valueTree, type ValueTree } from './fields/value-tree.ts';
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
  const { shown, written, failures } = writeWithin(tree, { text, request });
  const { leftOut } = shown;
  const { total } = tree;
  const path = exampleOf(tree.root, shown);
  if (leftOut.length === 0 || path === undefined) return undefined;
  const summary = sayAlike(failures, shown);
  const head = notice({ unit: 'values', total, ranges: leftOut, retrievalId: request.retrievalId, path, summary });
  return { text: `${head}\n${written}`, unit: 'values', total, leftOut };
}

const SAMPLE_CHARACTERS = 8_000;
const LEAST_RATIO = 0.3;
/** A first text this far from what it was estimated at is written anew with the estimate put right. */
const NEAR = 0.1;

/** Writes as much as the budget allows. What it costs is estimated first, then learned from a first text. */
function writeWithin(
  tree: ValueTree,
  { text, request }: { readonly text: string; readonly request: SelectionRequest },
): { readonly shown: ShownValues; readonly written: string; readonly failures: readonly FailingThings[] } {
  const { query, count, budgetTokens } = request;
  const choosing = prepareChoice(tree, query);
  const write = (tokensPerEstimate: number) => {
    const choice = chooseValues(choosing, budgetTokens / tokensPerEstimate);
    const shown = showValues(tree, choice);
    const written = writeFields(tree.root, shown);
    return { shown, written, failures: choosing.failures, estimate: choice.kept.spentTokens };
  };
  const sample = text.slice(0, SAMPLE_CHARACTERS);
  const ratio = Math.max(LEAST_RATIO, count(sample) / Math.max(1, estimateTokens(sample)));
  const first = write(ratio);
  const learned = Math.max(LEAST_RATIO, (count(first.written) + FRAME_TOKENS) / first.estimate);
  return Math.abs(learned / ratio - 1) <= NEAR ? first : write(learned);
}
