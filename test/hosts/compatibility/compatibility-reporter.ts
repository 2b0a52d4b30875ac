import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, TestModule, Vitest } from 'vitest/node';
import type { TestedHost } from './tested-host.ts';

/** One test of one host, as it went. */
export interface HostTestResult {
  readonly host: TestedHost;
  readonly driver: string;
  /** The name of the test. */
  readonly behaviour: string;
  readonly state: 'passed' | 'failed' | 'skipped';
}

/** By the path of the test file, from the root of the repository. */
export type HostTestResults = Readonly<Record<string, readonly HostTestResult[]>>;

export const RESULTS_FILE = new URL('results.json', import.meta.url);

/**
 * Writes down how the tests went that say which host they are of. A file that ran replaces what was known of it; a file
 * that did not run stays as it was, unless it is gone. A run of some tests of a file says nothing of the others, and so
 * is not written down.
 */
export class CompatibilityReporter implements Reporter {
  private vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    if (this.vitest === undefined || this.vitest.config.testNamePattern !== undefined) return;
    const { root } = this.vitest.config;
    const ran = modules
      .map((module) => [relative(root, module.moduleId), resultsOf(module)] as const)
      .filter(([, results]) => results.length > 0);
    const known = existsSync(RESULTS_FILE) ? (JSON.parse(readFileSync(RESULTS_FILE, 'utf8')) as HostTestResults) : {};
    const kept = Object.entries(known).filter(([path]) => existsSync(`${root}/${path}`));
    const all = Object.entries(Object.fromEntries([...kept, ...ran])).toSorted(([a], [b]) => (a < b ? -1 : 1));
    writeFileSync(RESULTS_FILE, `${JSON.stringify(Object.fromEntries(all), undefined, 2)}\n`);
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
