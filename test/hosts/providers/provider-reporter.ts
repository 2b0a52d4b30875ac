import type { TestModule } from 'vitest/node';
import { ResultsReporter } from '../compatibility/results-reporter.ts';
import type { TestedProvider } from './provider-meta.ts';

/** How the tests of one aspect of one provider went. */
export interface ProviderResult extends TestedProvider {
  readonly passed: number;
  readonly failed: number;
}

/** Writes down how the tests of providers went, for docs/providers.md. */
export class ProviderReporter extends ResultsReporter<ProviderResult> {
  constructor() {
    super(new URL('results.json', import.meta.url), resultsOf);
  }
}

function resultsOf(module: TestModule): readonly ProviderResult[] {
  const results = new Map<string, ProviderResult>();
  for (const test of module.children.allTests()) {
    const { testedProvider } = test.meta();
    const { state } = test.result();
    if (testedProvider === undefined || (state !== 'passed' && state !== 'failed')) continue;
    const key = `${testedProvider.provider}\n${testedProvider.aspect}`;
    const { passed, failed } = results.get(key) ?? { passed: 0, failed: 0 };
    const isPassed = state === 'passed';
    results.set(key, { ...testedProvider, passed: passed + Number(isPassed), failed: failed + Number(!isPassed) });
  }
  return [...results.values()];
}
