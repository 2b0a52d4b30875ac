import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,property,contract,hosts,e2e}/**/*.test.ts'],
    // Those have a configuration of their own.
    exclude: ['test/e2e/real/**'],
    testTimeout: 240_000,
    hookTimeout: 60_000,
  },
});
