// npm run test:hosts [-- host ...] [--node VERSION]: installs what is stale, builds, checks and lints each host's tests and its
// example, runs the tests, and writes docs/compatibility.md and the table of docs/providers.md from what passed. Without a name:
// every host. With a version of Node, which npm fetches, only the tests run, on that.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EXAMPLES, fixtureFolder, HOST_FIXTURES, ROOT } from './host-fixtures.mjs';

const { positionals: asked, values } = parseArgs({ allowPositionals: true, options: { node: { type: 'string' } } });
/** Tests that need all hosts at once. */
const ONE_PROCESS = 'one-process';

const hosts = asked.length === 0 ? HOST_FIXTURES : asked;

run(process.execPath, ['scripts/install-host-fixtures.mjs', ...hosts]);
run('npm', ['run', '--silent', 'build']);
copyExamples();
if (values.node === undefined) checkAndLint();
const paths = asked.map((host) => `test/hosts/${host}/`);
const tests = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.hosts.config.ts', ...paths];
const passed =
  values.node === undefined
    ? run(process.execPath, tests, { mayFail: true })
    : run('npm', ['exec', '--yes', `--package=node@${values.node}`, '--', 'node', ...tests], { mayFail: true });
if (asked.length === 0) noteNode(values.node ?? process.versions.node, passed);
run(process.execPath, ['scripts/generate-compatibility.mjs']);
run(process.execPath, ['scripts/generate-providers.mjs']);
process.exit(passed ? 0 : 1);

/** An example imports its framework by name, which is to be found from the folder of its host alone. */
function copyExamples() {
  for (const host of hosts) {
    const example = join(ROOT, 'examples', `${host}.ts`);
    if (existsSync(example)) copyFileSync(example, join(fixtureFolder(host), 'example.ts'));
    for (const name of EXAMPLES[host] ?? []) {
      copyFileSync(join(ROOT, 'examples', name), join(fixtureFolder(host), `example-${name}`));
    }
  }
}

function checkAndLint() {
  const names = asked.length === 0 ? [...hosts, ONE_PROCESS] : hosts;
  for (const name of names) run('tsc', ['--noEmit', '-p', fixtureFolder(name)]);
  const folders = names.map((name) => `test/hosts/${name}`);
  run('oxlint', ['--config', '.oxlintrc.hosts.json', '--type-aware', '--deny-warnings', ...folders]);
}

/** Of each major version of Node the one that all tests of hosts ran on last. @param {string} version @param {boolean} passed */
function noteNode(version, passed) {
  const file = join(ROOT, 'test/hosts/compatibility/nodes.json');
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const [major = version] = version.split('.');
  const nodes = { ...known, [major]: { version, passed } };
  writeFileSync(file, `${JSON.stringify(nodes, undefined, 2)}\n`);
}

/** @param {string} command @param {readonly string[]} words @param {{ mayFail?: boolean }} [options] */
function run(command, words, { mayFail = false } = {}) {
  const { status, error } = spawnSync(command, words, { cwd: ROOT, stdio: 'inherit' });
  if (error !== undefined) console.error(`${command} could not be started (${error.message}).`);
  if (status !== 0 && !mayFail) process.exit(1);
  return status === 0;
}
