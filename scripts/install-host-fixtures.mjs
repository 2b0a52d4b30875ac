// node scripts/install-host-fixtures.mjs [host ...]: installs the frameworks in test/hosts/*/ that are missing or stale, beside
// their tests, and puts this package among what is installed there.
import { spawnSync } from 'node:child_process';
import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixtureFolder, fixtureHash, HOST_FIXTURES, isInstalled, ROOT, stampPath } from './host-fixtures.mjs';

const asked = process.argv.slice(2);
const unknown = asked.filter((host) => !HOST_FIXTURES.includes(host));
if (unknown.length > 0) {
  console.error(`There is no test/hosts/${unknown[0]}/package.json. There are: ${HOST_FIXTURES.join(', ')}.`);
  process.exit(1);
}

for (const host of asked.length === 0 ? HOST_FIXTURES : asked) {
  if (isInstalled(host)) continue;
  const cwd = fixtureFolder(host);
  console.log(`Installing what test/hosts/${host} needs`);
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd, stdio: 'inherit' });
  if (status !== 0) {
    console.error(`npm ci failed in test/hosts/${host}.`);
    process.exit(1);
  }
  const own = join(cwd, 'node_modules/headroom-hooks');
  if (!existsSync(own)) symlinkSync(ROOT, own, 'junction');
  writeFileSync(stampPath(host), fixtureHash(host));
}
