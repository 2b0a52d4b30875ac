import { findFailedTests } from './failure-details.ts';
import { lineBody } from './line-body.ts';
import { shapeOf } from './log-line-shape.ts';
import { severityOf } from './log-severity.ts';
import type { Severity } from './log-severity.ts';
import { findStackTraces } from './stack-traces.ts';
import type { StackTrace } from './stack-traces.ts';
import { testResultOf } from './test-results.ts';
import type { TestResult } from './test-results.ts';

/** What each line of a log is, in the order of the lines. */
export interface LogReading {
  /** Without times and colours. */
  readonly bodies: readonly string[];
  readonly severities: readonly Severity[];
  /** Without what varies. */
  readonly shapes: readonly string[];
  /** The same for lines that one of them stands for: shapes, but each test that failed has its own. */
  readonly keys: readonly string[];
  readonly results: readonly (TestResult | undefined)[];
  /** 1 where a test that failed is named. */
  readonly failedTests: Uint8Array;
  readonly stacks: readonly StackTrace[];
}

export function readLog(lines: readonly string[]): LogReading {
  const bodies = lines.map(lineBody);
  const failedTests = findFailedTests(bodies);
  const results = bodies.map(testResultOf);
  const shapes = lines.map(shapeOf);
  const severities = lines.map((line, index) => {
    const outcome = results[index]?.outcome;
    if (failedTests[index] === 1 || outcome === 'failed') return 'failure';
    if (outcome !== undefined || isProgress(bodies[index] ?? '')) return 'plain';
    return severityOf(line);
  });
  const keys = shapes.map((shape, index) => (failedTests[index] === 1 ? nameOfTest(bodies[index] ?? '') : shape));
  return { bodies, severities, shapes, keys, results, failedTests, stacks: findStackTraces(bodies) };
}

/** Bars, dots and percentages that say how far something went, and what is downloaded. */
export function isProgress(body: string): boolean {
  return PROGRESS.some((pattern) => pattern.test(body));
}

const PROGRESS: readonly RegExp[] = [
  /^\s{0,8}[.sSFExX!,*]{8,}\s{0,80}(?:\[ {0,3}\d{1,3}%\])?\s*$/,
  /^\s{0,8}\[?[=#>━─█▓░▏▎▍▌▋▊▉╸╺. -]{10,}[\]|]?[^A-Za-z]{0,60}\s*$/u,
  /^\s{0,8}\d{1,3}%[ |▕]/u,
  /^(?:\[INFO\] )?\s{0,8}(?:Downloading|Downloaded|Progress|Fetching|Get:\d+|Resolving deltas|Receiving objects|Counting objects|Compressing objects|Unpacking|Preparing to unpack|Selecting previously unselected|Extracting|Pulling fs layer|Waiting|Verifying Checksum|Download complete|Pull complete)\b/,
  /^[\da-f]{12}: (?:Pulling|Waiting|Verifying|Download|Extracting|Pull|Already)/,
];

/** `✕ adds (12 ms)` names the same test as `✕ adds`. */
function nameOfTest(body: string): string {
  return body.trim().replace(/\s?[[(]?\d[\d.]{0,9} ?(?:ms|s|m)[\])]?$/, '');
}
