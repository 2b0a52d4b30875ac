// npm run test:property -- [--runs N] [--seed N]: the property tests alone, with another number of cases or a given seed.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' } } });
const { status } = spawnSync('vitest', ['run', 'test/property'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    ...(values.runs === undefined ? {} : { PROPERTY_RUNS: values.runs }),
    ...(values.seed === undefined ? {} : { PROPERTY_SEED: values.seed }),
  },
});
process.exit(status ?? 1);
