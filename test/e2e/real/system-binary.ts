import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface SystemBinary {
  /** Names it may have, the first one that is found counts. */
  readonly names: readonly string[];
  /** The Debian package that has it. */
  readonly debianPackage: string;
}

/**
 * The path of a program of the system. Where it is missing, and the tests run as root on a system with apt, it is
 * installed; else `undefined`, and a line that can not be overlooked.
 */
export function findOrInstall({ names, debianPackage }: SystemBinary): string | undefined {
  const found = find(names);
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && find(['apt-get']) !== undefined) {
    console.log(`${names.join(' or ')} is not on the PATH: installing ${debianPackage} with apt.`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update', '-q'], { stdio: 'ignore', env, timeout: 120_000 });
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', debianPackage], {
      stdio: 'ignore',
      env,
      timeout: 240_000,
    });
  }
  const installed = find(names);
  if (installed === undefined) {
    console.warn(`\n  !! NOT TESTED: no ${names.join(' or ')} on the PATH. Install it (Debian: ${debianPackage}).\n`);
  }
  return installed;
}

function find(names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return paths.find((path) => existsSync(path));
}
