import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,property,contract,e2e}/**/*.test.ts', 'test/hosts/*.test.ts'],
    // Those have a configuration of their own, as the hosts in folders have.
    exclude: ['test/e2e/real/**'],
    // One for each processor: what takes long here computes, and waits for nothing.
    maxWorkers: '100%',
    testTimeout: 240_000,
    hookTimeout: 60_000,
  },
});
