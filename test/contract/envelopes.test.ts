import fc from 'fast-check';
import { SELECTIONS, STRATEGIES } from '../../src/compression/strategies/all-strategies.ts';
import { enveloped, jsonInStringsText, jsonLinesText } from '../property/arbitraries/envelopes.ts';
import { plainOutput } from '../property/arbitraries/tool-output.ts';
import { describeSelection, describeStrategy } from './strategy-contract.ts';

/** The form of an envelope holds one for each of the texts that it carries, and they those of theirs. */
const LONGEST_FORM = 4_000;

const texts = (size: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: enveloped(plainOutput(size)) },
    { weight: 1, arbitrary: enveloped(jsonLinesText(size)) },
    { weight: 2, arbitrary: jsonLinesText(size) },
    { weight: 2, arbitrary: jsonInStringsText(size) },
  );

const OPENERS: ReadonlySet<string> = new Set(['envelope', 'json-lines']);

for (const strategy of STRATEGIES) {
  if (strategy.kinds.some((kind) => OPENERS.has(kind))) describeStrategy(strategy, texts(30), LONGEST_FORM);
}
for (const selection of SELECTIONS) {
  if (selection.kinds.some((kind) => OPENERS.has(kind))) describeSelection(selection, texts(100));
}
