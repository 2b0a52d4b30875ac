import { findFailedTests } from './failure-details.ts';
import { isFinding, kindOfFinding, partsOfFindings } from './findings.ts';
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
  /** The same for lines that one of them stands for: shapes, without what is quoted in a finding; each test that failed has its own. */
  readonly keys: readonly string[];
  readonly results: readonly (TestResult | undefined)[];
  /** 1 where a test that failed is named. */
  readonly failedTests: Uint8Array;
  /** 1 where a line is part of the finding of a compiler or a linter before it. */
  readonly parts: Uint8Array;
  readonly stacks: readonly StackTrace[];
}

export function readLog(lines: readonly string[]): LogReading {
  const bodies = lines.map(lineBody);
  const failedTests = findFailedTests(bodies);
  const results = bodies.map(testResultOf);
  for (const [index, result] of results.entries()) if (result?.outcome === 'failed') failedTests[index] = 1;
  const parts = partsOfFindings(bodies);
  const shapes = lines.map(shapeOf);
  const severities = lines.map((line, index) => {
    const outcome = results[index]?.outcome;
    if (failedTests[index] === 1) return 'failure';
    if (outcome !== undefined || parts[index] === 1) return 'plain';
    const severity = severityOf(line);
    return severity !== 'failure' && isProgress(bodies[index] ?? '') ? 'plain' : severity;
  });
  const keys = shapes.map((shape, index) => {
    const body = bodies[index] ?? '';
    if (failedTests[index] === 1) return nameOfTest(body);
    return isFinding(body) ? kindOfFinding(body) : shape;
  });
  return { bodies, severities, shapes, keys, results, failedTests, parts, stacks: findStackTraces(bodies) };
}

/** Bars, dots and percentages that say how far something went, and what is downloaded. */
export function isProgress(body: string): boolean {
  const head = body.slice(0, LONGEST_PROGRESS);
  return PROGRESS.some((pattern) => pattern.test(head)) || (BAR.test(head) && !LETTER.test(head));
}

const LONGEST_PROGRESS = 400;
const BAR = /[=#>━─█▓░▏▎▍▌▋▊▉╸╺-]{8}/u;
const LETTER = /\p{L}/u;
const PROGRESS: readonly RegExp[] = [
  /^\s{0,8}[.sSFExX!,*]{8,}(?:\s{0,80}\[ {0,3}\d{1,3}%\])?\s*$/,
  /^\s{0,8}\d{1,3}%[ |▕]/u,
  /^(?:\[INFO\] )?\s{0,8}(?:Downloading|Downloaded|Progress|Fetching|Get:\d+|Resolving deltas|Receiving objects|Counting objects|Compressing objects|Unpacking|Preparing to unpack|Selecting previously unselected|Extracting|Pulling fs layer|Waiting|Verifying Checksum|Download complete|Pull complete)\b/,
  /^[\da-f]{12}: (?:Pulling|Waiting|Verifying|Download|Extracting|Pull|Already)/,
];

/** `✕ adds (12 ms)` names the same test as `✕ adds`. */
function nameOfTest(body: string): string {
  return body.trim().replace(/\s?[[(]?\d[\d.]{0,9} ?(?:ms|s|m)[\])]?$/, '');
}
