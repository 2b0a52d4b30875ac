import { createRandom } from './random.ts';
import { INCIDENT } from './timeline.ts';

/** What changed in payments between the two versions: a unified diff of six files, most of it a lock file. */
export function getDiff(): string {
  return [CONFIG_DIFF, lockFileDiff(), POOL_DIFF, TEST_DIFF, CHANGELOG_DIFF].join('\n');
}

const CONFIG_DIFF = `diff --git a/services/payments/src/config/database.ts b/services/payments/src/config/database.ts
index 3be91c2..a07d5f4 100644
--- a/services/payments/src/config/database.ts
+++ b/services/payments/src/config/database.ts
@@ -1,19 +1,17 @@
-import { env } from 'node:process';
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

const POOL_DIFF = `diff --git a/services/payments/src/db/pool.ts b/services/payments/src/db/pool.ts
index 91f0be7..c5d2a18 100644
--- a/services/payments/src/db/pool.ts
+++ b/services/payments/src/db/pool.ts
@@ -9,11 +9,12 @@ export class Pool {
   readonly #waiting: Waiter[] = [];
   readonly #config: PoolConfig;
 
-  constructor(config: PoolConfig) {
+  constructor(config: PoolConfig, logger: Logger) {
     this.#config = config;
+    logger.info(\`postgres pool ready: min \${config.min}, max \${config.max}, host \${config.host}\`);
   }
 
   /** Resolves with a connection, or rejects when none is free in time. */
   async acquire(): Promise<Connection> {
     const free = this.#free.pop();
@@ -84,6 +85,6 @@ export class Pool {
   #giveUp(waiter: Waiter): void {
     this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
-    waiter.reject(new PoolTimeoutError(this.#config.acquireTimeoutMs));
+    waiter.reject(new PoolTimeoutError(this.#config.acquireTimeoutMs, this.#used.size, this.#waiting.length));
   }
 }`;

const TEST_DIFF = `diff --git a/services/payments/test/config/database.test.ts b/services/payments/test/config/database.test.ts
index 5ce0a11..e8841d9 100644
--- a/services/payments/test/config/database.test.ts
+++ b/services/payments/test/config/database.test.ts
@@ -6,13 +6,13 @@ describe('databaseConfig', () => {
   it('takes the host from the environment', () => {
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

const CHANGELOG_DIFF = `diff --git a/services/payments/CHANGELOG.md b/services/payments/CHANGELOG.md
index 77a1f30..0b9d2ce 100644
--- a/services/payments/CHANGELOG.md
+++ b/services/payments/CHANGELOG.md
@@ -1,5 +1,10 @@
 # Changelog
 
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

function lockFileDiff(): string {
  const random = createRandom(9);
  const hunks = LOCKED.map((name, index) => {
    const line = 412 + index * 163;
    const [major, minor, patch] = [random.integer(1, 9), random.integer(0, 20), random.integer(0, 9)];
    const url = (version: string): string => `https://registry.example/${name}/-/${name}-${version}.tgz`;
    const [before, after] = [`${major}.${minor}.${patch}`, `${major}.${minor + 1}.0`];
    return `@@ -${line},9 +${line},9 @@
     },
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
  });
  return `diff --git a/services/payments/package-lock.json b/services/payments/package-lock.json
index d20c3b8..4f9e6a1 100644
--- a/services/payments/package-lock.json
+++ b/services/payments/package-lock.json
${hunks.join('\n')}`;
}
