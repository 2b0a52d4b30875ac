import { createRandom } from './random.ts';
import { INCIDENT } from './timeline.ts';

interface Hunk {
  /** Where it begins in the file before. */
  readonly line: number;
  /** What git writes behind the second @@: the declaration that it is in. */
  readonly section?: string;
  readonly body: string;
}

/** What changed in payments between the two versions: a unified diff of five files, most of it a lock file. */
export function getDiff(): string {
  return [
    diffFile('src/config/database.ts', '3be91c2..a07d5f4', [{ line: 1, body: CONFIG }]),
    diffFile('package-lock.json', 'd20c3b8..4f9e6a1', lockedPackages()),
    diffFile('src/db/pool.ts', '91f0be7..c5d2a18', [
      { line: 9, section: 'export class Pool {', body: POOL_CONSTRUCTOR },
      { line: 84, section: 'export class Pool {', body: POOL_TIMEOUT },
    ]),
    diffFile('test/config/database.test.ts', '5ce0a11..e8841d9', [
      { line: 6, section: "describe('databaseConfig', () => {", body: TEST },
    ]),
    diffFile('CHANGELOG.md', '77a1f30..0b9d2ce', [{ line: 1, body: CHANGELOG }]),
  ].join('\n');
}

function diffFile(name: string, index: string, hunks: readonly Hunk[]): string {
  const path = `services/payments/${name}`;
  const lines = [`diff --git a/${path} b/${path}`, `index ${index} 100644`, `--- a/${path}`, `+++ b/${path}`];
  let shift = 0;
  for (const { line, section, body } of hunks) {
    const changes = body.split('\n');
    const before = changes.filter((change) => !change.startsWith('+')).length;
    const after = changes.filter((change) => !change.startsWith('-')).length;
    const header = `@@ -${line},${before} +${line + shift},${after} @@`;
    lines.push(section === undefined ? header : `${header} ${section}`, ...changes);
    shift += after - before;
  }
  return lines.join('\n');
}

const CONFIG = `-import { env } from 'node:process';
+import { loadConfig } from '@shop/config';
 
-/** Settings of the payments database, from the environment. */
+/** Settings of the payments database, through the shared loader. */
 export interface DatabaseConfig {
   readonly host: string;
   readonly port: number;
   readonly pool: { readonly min: number; readonly max: number };
 }
 
-export function databaseConfig(): DatabaseConfig {
-  return {
-    host: env.DB_HOST ?? 'localhost',
-    port: Number(env.DB_PORT ?? 5432),
-    pool: { min: 4, max: Number(env.${INCIDENT.oldVariable} ?? 40) },
-  };
-}
+export const databaseConfig = (): DatabaseConfig => ({
+  host: loadConfig('DB_HOST', 'localhost'),
+  port: loadConfig('DB_PORT', 5432),
+  pool: { min: 1, max: loadConfig('${INCIDENT.newVariable}', 4) },
+});`;

const POOL_CONSTRUCTOR = `   readonly #waiting: Waiter[] = [];
   readonly #config: PoolConfig;
 
-  constructor(config: PoolConfig) {
+  constructor(config: PoolConfig, logger: Logger) {
     this.#config = config;
+    logger.info(\`postgres pool ready: min \${config.min}, max \${config.max}, host \${config.host}\`);
   }
 
   /** Resolves with a connection, or rejects when none is free in time. */
   async acquire(): Promise<Connection> {`;

const POOL_TIMEOUT = `   #giveUp(waiter: Waiter): void {
     this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
-    waiter.reject(new PoolTimeoutError(this.#config.acquireTimeoutMs));
+    waiter.reject(new PoolTimeoutError(this.#config.acquireTimeoutMs, this.#used.size, this.#waiting.length));
   }
 }`;

const TEST = `   it('takes the host from the environment', () => {
-    vi.stubEnv('DB_HOST', 'db.test');
+    stubConfig({ DB_HOST: 'db.test' });
     expect(databaseConfig().host).toBe('db.test');
   });
 
-  it('takes the size of the pool from the environment', () => {
-    vi.stubEnv('${INCIDENT.oldVariable}', '12');
+  it('takes the size of the pool from the loader', () => {
+    stubConfig({ ${INCIDENT.newVariable}: 12 });
     expect(databaseConfig().pool.max).toBe(12);
   });
 });`;

const CHANGELOG = ` # Changelog
 
+## ${INCIDENT.badVersion}
+
+- Settings are read through \`@shop/config\`.
+- The pool says its size when it starts.
+
 ## ${INCIDENT.goodVersion}
 
 - Invoices are rounded to the cent.`;

const LOCKED = [
  'acorn',
  'ajv',
  'fastify',
  'find-my-way',
  'ioredis',
  'pino',
  'pino-pretty',
  'secure-json-parse',
  'undici',
];

function lockedPackages(): readonly Hunk[] {
  const random = createRandom(9);
  return LOCKED.map((name, index) => {
    const [major, minor, patch] = [random.integer(1, 9), random.integer(0, 20), random.integer(0, 9)];
    const [before, after] = [`${major}.${minor}.${patch}`, `${major}.${minor + 1}.0`];
    const url = (version: string): string => `https://registry.example/${name}/-/${name}-${version}.tgz`;
    const body = `     },
     "node_modules/${name}": {
-      "version": "${before}",
-      "resolved": "${url(before)}",
-      "integrity": "sha512-${random.hex(64)}",
+      "version": "${after}",
+      "resolved": "${url(after)}",
+      "integrity": "sha512-${random.hex(64)}",
       "license": "MIT",
       "engines": {
         "node": ">=18"`;
    return { line: 412 + index * 163, body };
  });
}
