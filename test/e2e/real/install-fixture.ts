import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';

/** Whether the registry gave what a fixture asks for; a line that can not be overlooked where it did not. */
export function installFixture(fixture: string | URL, folder: string, what: string): boolean {
  cpSync(fixture, folder, { recursive: true });
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--fetch-retries=0'], {
    cwd: folder,
    stdio: 'ignore',
    timeout: 180_000,
  });
  if (status !== 0) {
    console.warn(`\n  !! NOT TESTED: ${what} could not be installed from the registry.\n`);
  }
  return status === 0;
}
