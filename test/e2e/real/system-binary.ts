import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface SystemBinary {
  /** Names it may have, the first one that is found counts. */
  readonly names: readonly string[];
  /** The Debian package that has it. */
  readonly debianPackage: string;
}

/** What the tests want of the system. */
export const PROGRAMS = {
  prometheus: { names: ['prometheus'], debianPackage: 'prometheus' },
  promtool: { names: ['promtool'], debianPackage: 'prometheus' },
  alertmanager: { names: ['prometheus-alertmanager', 'alertmanager'], debianPackage: 'prometheus-alertmanager' },
  amtool: { names: ['amtool'], debianPackage: 'prometheus-alertmanager' },
  pushgateway: { names: ['prometheus-pushgateway', 'pushgateway'], debianPackage: 'prometheus-pushgateway' },
  jsonnet: { names: ['jsonnet'], debianPackage: 'jsonnet' },
} as const satisfies Readonly<Record<string, SystemBinary>>;

/** A variable of the environment that is set once everything is installed that can be. */
export const NOTHING_TO_INSTALL = 'HEADROOM_NOTHING_TO_INSTALL';

/**
 * The path of a program of the system. Where it is missing, and the tests run as root on a system with apt, it is
 * installed; else `undefined`, and a line that can not be overlooked.
 */
export function findOrInstall(program: SystemBinary): string | undefined {
  installMissing([program]);
  const path = find(program.names);
  if (path === undefined) {
    const { names, debianPackage } = program;
    console.warn(`\n  !! NOT TESTED: no ${names.join(' or ')} on the PATH. Install it (Debian: ${debianPackage}).\n`);
  }
  return path;
}

/** Installs what is missing, where the tests run as root on a system with apt. */
export function installMissing(programs: readonly SystemBinary[]): void {
  const missing = programs.filter(({ names }) => find(names) === undefined);
  const packages = [...new Set(missing.map(({ debianPackage }) => debianPackage))];
  if (packages.length === 0 || process.env[NOTHING_TO_INSTALL] !== undefined) return;
  if (process.getuid?.() !== 0 || find(['apt-get']) === undefined) return;
  console.log(
    `Not on the PATH: ${missing.map(({ names }) => names[0]).join(', ')}. Installing ${packages.join(', ')}.`,
  );
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-q'], { stdio: 'ignore', env, timeout: 120_000 });
  spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], {
    stdio: 'ignore',
    env,
    timeout: 240_000,
  });
}

function find(names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return paths.find((path) => existsSync(path));
}
