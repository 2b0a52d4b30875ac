// Writes the features of passages, over both encodings, for fit.py. node features.ts PASSAGES OUT
import { readFileSync, writeFileSync } from 'node:fs';
import { BytePairEncoding } from '../../src/tokens/byte-pair-encoding.ts';
import { FEATURES, FeatureTally } from '../../src/tokens/feature-tally.ts';

const [passagesFile = '', outFile = ''] = process.argv.slice(2);
const texts = readFileSync(passagesFile, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => (JSON.parse(line) as { readonly text: string }).text);

const encodings = {
  o200k: new BytePairEncoding((await import('gpt-tokenizer/bpeRanks/o200k_base')).default, 'o200k'),
  cl100k: new BytePairEncoding((await import('gpt-tokenizer/bpeRanks/cl100k_base')).default, 'cl100k'),
};

function featuresOver(encoding: BytePairEncoding): number[][] {
  return texts.map((text) => {
    const tally = new FeatureTally();
    encoding.visit(text, tally);
    return [...tally.counts];
  });
}

writeFileSync(
  outFile,
  JSON.stringify({
    names: FEATURES,
    o200k: featuresOver(encodings.o200k),
    cl100k: featuresOver(encodings.cl100k),
  }),
);
