import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, TestModule, Vitest } from 'vitest/node';

/** By the path of the test file, from the root of the repository. */
export type ResultsByFile<Result> = Readonly<Record<string, readonly Result[]>>;

/**
 * Writes down how the tests of files went. A file that ran replaces what was known of it; a file that did not run stays
 * as it was, unless it is gone. A run of some tests of a file says nothing of the others, and so is not written down.
 */
export class ResultsReporter<Result> implements Reporter {
  private readonly file: URL;
  private readonly resultsOf: (module: TestModule) => readonly Result[];
  private vitest: Vitest | undefined;

  /** `resultsOf` tells what a file says, nothing for most. */
  constructor(file: URL, resultsOf: (module: TestModule) => readonly Result[]) {
    this.file = file;
    this.resultsOf = resultsOf;
  }

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    if (this.vitest === undefined || this.vitest.config.testNamePattern !== undefined) return;
    const { root } = this.vitest.config;
    const ran = modules
      .map((module) => [relative(root, module.moduleId), this.resultsOf(module)] as const)
      .filter(([, results]) => results.length > 0);
    const known = existsSync(this.file) ? (JSON.parse(readFileSync(this.file, 'utf8')) as ResultsByFile<Result>) : {};
    const kept = Object.entries(known).filter(([path]) => existsSync(`${root}/${path}`));
    const all = Object.entries(Object.fromEntries([...kept, ...ran])).toSorted(([a], [b]) => (a < b ? -1 : 1));
    writeFileSync(this.file, `${JSON.stringify(Object.fromEntries(all), undefined, 2)}\n`);
  }
}
