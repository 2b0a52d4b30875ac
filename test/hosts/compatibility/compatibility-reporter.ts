import type { TestModule } from 'vitest/node';
import { ResultsReporter } from './results-reporter.ts';
import type { TestedHost } from './tested-host.ts';

/** One test of one host, as it went. */
export interface HostTestResult {
  readonly host: TestedHost;
  readonly driver: string;
  /** The name of the test. */
  readonly behaviour: string;
  readonly state: 'passed' | 'failed' | 'skipped';
}

/** Writes down how the tests went that say which host they are of, for docs/compatibility.md. */
export class CompatibilityReporter extends ResultsReporter<HostTestResult> {
  constructor() {
    super(new URL('results.json', import.meta.url), resultsOf);
  }
}

function resultsOf(module: TestModule): readonly HostTestResult[] {
  return [...module.children.allTests()].flatMap((test) => {
    const { testedHost, driver } = test.meta();
    const { state } = test.result();
    if (testedHost === undefined || state === 'pending') return [];
    return [{ host: testedHost, driver: driver ?? testedHost.packageName, behaviour: test.name, state }];
  });
}
