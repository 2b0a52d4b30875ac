import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../', import.meta.url));

const HOSTS = join(ROOT, 'test/hosts');

/** Hosts whose framework is installed beside their tests, in the order of the alphabet. */
export const HOST_FIXTURES = readdirSync(HOSTS)
  .filter((name) => existsSync(join(HOSTS, name, 'package.json')))
  .toSorted();

/** Examples that do not have the name of their host. @type {Readonly<Record<string, readonly string[]>>} */
export const EXAMPLES = { mcp: ['mcp-proxy.ts'], 'raw-clients': ['anthropic-client.ts', 'openai-client.ts'] };

/** @param {string} host */
export function fixtureFolder(host) {
  return join(HOSTS, host);
}

/** Where an installation says what it was made from. */
const STAMP = 'node_modules/.headroom-fixture';

/** @param {string} host */
export function stampPath(host) {
  return join(fixtureFolder(host), STAMP);
}

/** What the installation of a host has to be made from, to be up to date. @param {string} host */
export function fixtureHash(host) {
  const hash = createHash('sha256');
  for (const name of ['package.json', 'package-lock.json']) hash.update(readFileSync(join(fixtureFolder(host), name)));
  return hash.digest('hex');
}

/** @param {string} host */
export function isInstalled(host) {
  return existsSync(stampPath(host)) && readFileSync(stampPath(host), 'utf8') === fixtureHash(host);
}
