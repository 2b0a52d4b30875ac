// npm run test:property -- [--runs N] [--seed N] [file ...]: the property tests, those of the contracts included, with another
// number of cases or a given seed. One seed for all of them, printed first and again with the command that repeats a failure.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

/** Of one test, for each case; a test of few cases has a minute all the same. */
const TIMEOUT_MS_PER_RUN = 200;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string' }, seed: { type: 'string' } },
});
const runs = values.runs === undefined ? undefined : wholeNumber('runs', values.runs);
const seed = values.seed === undefined ? (Date.now() ^ process.pid) >>> 1 : wholeNumber('seed', values.seed);
if (runs === 0) fail('--runs has to be 1 or more.');

const files = positionals.length === 0 ? ['test/property', 'test/contract'] : positionals;
const timeoutMs = Math.min(LONGEST_TIMER_MS, Math.max(60_000, (runs ?? 0) * TIMEOUT_MS_PER_RUN));
console.log(
  `${runs === undefined ? 'As many runs as each property asks for' : `${runs} runs of each property`}, seed ${seed}`,
);

const { status, signal, error } = spawnSync(
  'vitest',
  ['run', `--testTimeout=${timeoutMs}`, '--maxWorkers=100%', ...files],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      ...(runs === undefined ? {} : { PROPERTY_RUNS: String(runs) }),
      PROPERTY_SEED: String(seed),
    },
  },
);
if (error !== undefined) fail(`vitest could not be started (${error.message}). Run this with npm run test:property.`);
if (status !== 0) {
  const again = [...(runs === undefined ? [] : ['--runs', runs]), '--seed', seed, ...positionals].join(' ');
  fail(`Property tests failed${signal === null ? '' : ` by ${signal}`}. To repeat: npm run test:property -- ${again}`);
}

function wholeNumber(name, text) {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) fail(`--${name} has to be a whole number, not "${text}".`);
  return value;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
