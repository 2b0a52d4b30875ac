import { defineConfig } from 'vitest/config';
import { CompatibilityReporter } from './test/hosts/compatibility/compatibility-reporter.ts';
import { ProviderReporter } from './test/hosts/providers/provider-reporter.ts';

/**
 * Tests of what every host is promised, those included whose framework is installed in a folder of its own beside its
 * tests: `npm run test:hosts` installs these first.
 */
export default defineConfig({
  test: {
    include: ['test/hosts/*/**/*.test.ts', 'test/hosts/*-contract.test.ts'],
    exclude: ['**/node_modules/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', new CompatibilityReporter(), new ProviderReporter()],
  },
});
