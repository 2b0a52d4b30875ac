import { defineConfig } from 'vitest/config';

/** Tests against real programs of the system, which take their time: `npm run test:e2e`. */
export default defineConfig({
  test: {
    include: ['test/e2e/real/**/*.test.ts'],
    globalSetup: 'test/e2e/real/install-programs.ts',
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
