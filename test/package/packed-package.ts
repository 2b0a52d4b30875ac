import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface PackageJson {
  readonly name: string;
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

export const packageJson = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as PackageJson;

/** Peers that are installed in the root. Frameworks that are installed beside the tests of their host are not. */
export const installedPeers: readonly string[] = Object.keys(packageJson.peerDependencies).filter(
  (name) => name in packageJson.devDependencies,
);

/** An installation of the packed package in a folder of its own, with nothing near it but what it was given. */
export interface Consumer {
  readonly folder: string;
  readonly tarball: string;
  /** Paths of what was packed. */
  readonly files: readonly string[];
  /** Runs a program with this Node in the folder, as an ES module unless the name ends in `.cjs`. */
  run(
    source: string,
    options?: RunOptions,
  ): { readonly status: number | null; readonly stdout: string; readonly stderr: string };
  write(path: string, text: string): string;
  remove(): void;
}

export interface RunOptions {
  readonly fileName?: string;
  /** Arguments for Node, before the file. */
  readonly nodeArguments?: readonly string[];
}

/**
 * Packs the package as `npm publish` would and unpacks it in a new folder, beside its dependencies and the packages in
 * `peers`, which are links to those of this repository. Wants `npm run build` before.
 */
export function installPacked(peers: readonly string[] = []): Consumer {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'headroom-hooks-package-')));
  const packed = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  ) as readonly { readonly filename: string; readonly files: readonly { readonly path: string }[] }[];
  const tarball = join(folder, packed[0]?.filename ?? 'nothing was packed');
  const home = join(folder, 'node_modules', packageJson.name);
  mkdirSync(home, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', home, '--strip-components=1']);
  for (const name of [...Object.keys(packageJson.dependencies), ...peers]) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(join(ROOT, 'node_modules', name)), link, 'junction');
  }
  const write = (path: string, text: string): string => {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
    return target;
  };
  return {
    folder,
    tarball,
    files: (packed[0]?.files ?? []).map(({ path }) => path),
    write,
    run(source, { fileName = 'main.mjs', nodeArguments = [] } = {}) {
      return spawnSync(process.execPath, [...nodeArguments, write(fileName, source)], {
        cwd: folder,
        encoding: 'utf8',
      });
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
