import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { installPacked, packageJson } from './packed-package.ts';

/** Of what importing `ai` costs, which whoever uses this package with an agent pays anyway. */
const MOST_OF_AI = 0.8;
const ROUNDS = 9;

const consumer = installPacked(['ai']);
afterAll(() => consumer.remove());

test('importing the package loads no tokenizer, which costs 30 MB and waits for its first use, and nothing of the command', () => {
  const hook = consumer.write(
    'list-modules.mjs',
    `import { registerHooks } from 'node:module';
     registerHooks({ load(url, context, next) { console.log(url); return next(url, context); } });`,
  );
  const { stdout, stderr } = consumer.run(`import '${packageJson.name}';`, {
    nodeArguments: ['--import', pathToFileURL(hook).href],
  });
  expect(stderr).toBe('');
  const modules = stdout.trim().split('\n');
  expect(modules.some((url) => url.includes('eventemitter3'))).toBe(true);
  expect(modules.filter((url) => /gpt-tokenizer|commander|dist\/cli/.test(url))).toEqual([]);
});

test(`importing the package costs less than ${MOST_OF_AI} of importing ai`, () => {
  const blank: number[] = [];
  const ours: number[] = [];
  const ai: number[] = [];
  // In turns, the best of each, and in processor time, so that a busy machine slows all or none.
  for (let round = 0; round < ROUNDS; round++) {
    blank.push(processorMs('blank.mjs', ''));
    ours.push(processorMs('ours.mjs', `import '${packageJson.name}';`));
    ai.push(processorMs('ai.mjs', `import 'ai';`));
  }
  const costMs = Math.min(...ours) - Math.min(...blank);
  const aiCostMs = Math.min(...ai) - Math.min(...blank);
  console.log(
    `import costs: ${packageJson.name} ${costMs.toFixed(0)} ms, ai ${aiCostMs.toFixed(0)} ms of processor time`,
  );
  expect(costMs / aiCostMs).toBeLessThan(MOST_OF_AI);
});

function processorMs(fileName: string, source: string): number {
  const measure = 'const { user, system } = process.cpuUsage(); console.log((user + system) / 1000);';
  const { status, stdout, stderr } = consumer.run(`${source}\n${measure}`, { fileName });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return Number(stdout);
}
