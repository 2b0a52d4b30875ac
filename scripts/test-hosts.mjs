// npm run test:hosts [-- host ...]: installs what is stale, builds, checks and lints each host's tests and its example,
// runs the tests, and writes docs/compatibility.md from what passed. Without a name: every host.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fixtureFolder, HOST_FIXTURES, ROOT } from './host-fixtures.mjs';

const asked = process.argv.slice(2);
const hosts = asked.length === 0 ? HOST_FIXTURES : asked;

run(process.execPath, ['scripts/install-host-fixtures.mjs', ...hosts]);
run('npm', ['run', '--silent', 'build']);
for (const host of hosts) {
  // An example imports its framework by name, which is to be found from here alone.
  const example = join(ROOT, 'examples', `${host}.ts`);
  if (existsSync(example)) copyFileSync(example, join(fixtureFolder(host), 'example.ts'));
  run('tsc', ['--noEmit', '-p', fixtureFolder(host)]);
}
const folders = hosts.map((host) => `test/hosts/${host}`);
run('oxlint', ['--config', '.oxlintrc.hosts.json', '--type-aware', '--deny-warnings', ...folders]);
const paths = asked.map((host) => `test/hosts/${host}/`);
const passed = run('vitest', ['run', '--config', 'vitest.hosts.config.ts', ...paths], { mayFail: true });
run(process.execPath, ['scripts/generate-compatibility.mjs']);
process.exit(passed ? 0 : 1);

/** @param {string} command @param {readonly string[]} words @param {{ mayFail?: boolean }} [options] */
function run(command, words, { mayFail = false } = {}) {
  const { status, error } = spawnSync(command, words, { cwd: ROOT, stdio: 'inherit' });
  if (error !== undefined) console.error(`${command} could not be started (${error.message}).`);
  if (status !== 0 && !mayFail) process.exit(1);
  return status === 0;
}
