import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { installedPeers, installPacked, packageJson } from './packed-package.ts';

/** The entries that need a peer, and which. The others need none. */
const PEER_OF: Readonly<Record<string, string>> = {
  './ai-sdk': 'ai',
  './otel': '@opentelemetry/api',
  './prometheus': 'prom-client',
};

const entries = Object.entries(packageJson.exports).flatMap(([entry, target]) =>
  typeof target === 'string' ? [] : [{ entry, target, specifier: `${packageJson.name}${entry.slice(1)}` }],
);
const withoutPeer = entries.filter(({ entry }) => PEER_OF[entry] === undefined);
const withPeer = entries.filter(({ entry }) => PEER_OF[entry] !== undefined);

const full = installPacked(installedPeers);
const bare = installPacked();
afterAll(() => {
  full.remove();
  bare.remove();
});

describe('the packed package', () => {
  test('holds code, declarations and what a reader wants, and nothing else', () => {
    const others = full.files.filter((path) => !/^(?:dist\/.+\.(?:js|d\.ts)|docs\/.+\.md)$/.test(path));
    expect(others.toSorted()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
  });

  test.each(entries)('has the files of $entry', ({ target }) => {
    const home = join(full.folder, 'node_modules', packageJson.name);
    expect({ code: existsSync(join(home, target.default)), types: existsSync(join(home, target.types)) }).toEqual({
      code: true,
      types: true,
    });
  });

  test.each(entries)('$specifier loads where every peer is installed, and has named exports only', ({ specifier }) => {
    const { stdout, stderr } = full.run(`console.log(JSON.stringify(Object.keys(await import('${specifier}'))));`);
    expect(stderr).toBe('');
    const names = JSON.parse(stdout) as readonly string[];
    expect(names.length).toBeGreaterThan(0);
    expect(names).not.toContain('default');
  });

  test.each(withoutPeer)('$specifier loads where no peer is installed', ({ specifier }) => {
    const { status, stderr } = bare.run(`await import('${specifier}');`);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test.each(withPeer)('$specifier says which peer to install where it is missing', ({ entry, specifier }) => {
    const peer = PEER_OF[entry] ?? '';
    const { stdout, stderr } = bare.run(`
      import { HeadroomError } from '${packageJson.name}';
      try {
        await import('${specifier}');
      } catch (error) {
        console.log(JSON.stringify([HeadroomError.is(error), error.code, error.message]));
      }
    `);
    expect(stderr).toBe('');
    const [isOurs, code, message] = JSON.parse(stdout) as readonly [boolean, string, string];
    expect({ isOurs, code }).toEqual({ isOurs: true, code: 'missing-peer' });
    expect(message).toContain(peer);
    expect(message).toContain('npm install');
    expect(message).toMatch(/\.$/);
  });

  test.each(withoutPeer)('$specifier can be required from CommonJS', ({ specifier }) => {
    const { status, stdout, stderr } = bare.run(`console.log(Object.keys(require('${specifier}')).length > 0);`, {
      fileName: 'main.cjs',
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'true\n', stderr: '' });
  });

  test('shows nothing but its entries: a file inside it can not be imported', () => {
    const { stdout } = bare.run(
      `await import('${packageJson.name}/dist/index.js').catch((error) => console.log(error.code));`,
    );
    expect(stdout).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED\n');
  });
});
