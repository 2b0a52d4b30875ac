import type { BenchmarkCase } from '../cases/benchmark-case.ts';
import { type Floor, measureFloor } from './floor.ts';
import { measureCase } from './measure-case.ts';
import type { PeerResults } from './peer-results.ts';
import { measureTimeOverCount, type TimeOverCount } from './speed.ts';
import { type BrokenPromises, brokenPromises, type MeasuredCase, summarize, type Summary } from './summarize.ts';

/** All that is measured on a set of cases. Everything but `time` is the same in every run of the same commit. */
export interface BenchmarkResult {
  readonly measured: readonly MeasuredCase[];
  readonly rows: readonly Summary[];
  readonly broken: BrokenPromises;
  readonly floor: Floor;
  readonly time: readonly TimeOverCount[];
  readonly peer: PeerResults | undefined;
}

export interface BenchmarkOptions {
  /** Of what is timed. */
  readonly repetitions?: number;
  readonly peer?: PeerResults | undefined;
}

export async function runBenchmark(
  cases: readonly BenchmarkCase[],
  { repetitions = 3, peer }: BenchmarkOptions = {},
): Promise<BenchmarkResult> {
  // Before anything else, so that nothing is warm.
  const time = await measureTimeOverCount(cases, { repetitions });
  const measured: MeasuredCase[] = [];
  for (const benchmarkCase of cases) {
    const none = await measureCase(benchmarkCase, 'none');
    measured.push({ none, recoverable: await measureCase(benchmarkCase, 'recoverable') });
  }
  return {
    measured,
    rows: summarize(measured, peer),
    broken: brokenPromises(measured),
    floor: await measureFloor(cases),
    time,
    peer,
  };
}
