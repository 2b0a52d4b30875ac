import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, TestModule, Vitest } from 'vitest/node';
import type { TestedProvider } from './provider-meta.ts';

/** How the tests of one aspect of one provider went. */
export interface ProviderResult extends TestedProvider {
  readonly passed: number;
  readonly failed: number;
}

/** By the path of the test file, from the root of the repository. */
export type ProviderResults = Readonly<Record<string, readonly ProviderResult[]>>;

const RESULTS_FILE = new URL('results.json', import.meta.url);

/**
 * Writes down how the tests of providers went, for docs/providers.md. A file that ran replaces what was known of it, others
 * stay; a run of some tests of a file says nothing of the others, and so is not written down.
 */
export class ProviderReporter implements Reporter {
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
    if (ran.length === 0) return;
    const known = existsSync(RESULTS_FILE) ? (JSON.parse(readFileSync(RESULTS_FILE, 'utf8')) as ProviderResults) : {};
    const kept = Object.entries(known).filter(([path]) => existsSync(`${root}/${path}`));
    const all = Object.entries(Object.fromEntries([...kept, ...ran])).toSorted(([a], [b]) => (a < b ? -1 : 1));
    writeFileSync(RESULTS_FILE, `${JSON.stringify(Object.fromEntries(all), undefined, 2)}\n`);
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
