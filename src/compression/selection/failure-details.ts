import { isStackFrame } from './stack-traces.ts';

/** What belongs to a failure is looked for in so many lines behind its first, and as many before the next failure. */
const NEAR_LINES = 40;
const MOST_DETAILS = 14;
/** Of longer lines the head and the tail are looked at. */
const LONGEST_LINE = 400;
/** What two entries of a log begin with alike. */
const HEAD_CHARS = 14;
const SHOWS_NUMBERED_FAILURES =
  /^\s{0,8}(?:\d+ failing\b|Failures:|Failed examples:|There (?:was|were) \d+ (?:failure|error))/;

/** A test that failed, by name: `✕ adds`, `--- FAIL: TestAdd`, `not ok 3`, `FAILED tests/test_a.py::test_b`. */
const FAILED_TEST =
  /^\s{0,24}(?:[✕✗✘✖×❌●] ?\S|not ok \d|--- FAIL: \S|FAIL(?:ED)?:? {1,4}(?:\[[^\]]{1,20}\] )?\S+[.:/]|FAIL: \w+ \(|ERROR:? {1,4}(?:\S+::\S|\w+ \([\w.]+\))|\[ {1,3}FAILED {1,3}\] \w|_{5,} .{1,200} _{5,}\s*$|---- .{1,200} stdout ----|--- \S{1,200}::\w+\s*$)/u;
const NUMBERED_FAILURE = /^\s{0,4}\d{1,5}\) \S/;

/** What a failure expected and got, where it is, and what tools say to it. */
const DETAIL: readonly RegExp[] = [
  /^\s{0,40}(?:E {2,12}|> {1,12}|[-+] ?)\S/,
  /^\s{0,40}(?:expected|received|actual|got|want|wanted|have|left|right|diff|but was|but got|difference|exception|message|reason|caused? ?b?y?|assertion|assert|error|failure|matcher|location|symbol|found|required|note|help|hint|solution|suggestion|did you mean|panicked|stderr|details?)\b[^=\n]{0,40}(?:[:=(]|$)/i,
  /\bexpect(?:ed|s)?\b.{0,200}\b(?:to|but|got|actual|received|found)\b/i,
  /\bassert(?:ion|ed|s)?\b/i,
  /^\s{0,40}--> \S/,
  /^\s{0,12}>? ?\d{0,6} ?\| /,
  /^\s{0,40}(?:\^|~)[~^-]*\s*$/,
  /^\S{1,300}[:(]\d+(?:[:,]\d+)?\)?: /,
  /^\s{0,40}\S{1,300}\.\w{1,5}:\d+(?::\d+)?\)?:?\s*$/,
];

/** Finds the lines that name a test that failed. Numbered ones count only where the text speaks of failures. */
export function findFailedTests(bodies: readonly string[]): Uint8Array {
  const areNumbered = bodies.some((body) => SHOWS_NUMBERED_FAILURES.test(body));
  return Uint8Array.from(bodies, (body) =>
    FAILED_TEST.test(body) || (areNumbered && NUMBERED_FAILURE.test(body)) ? 1 : 0,
  );
}

export interface FailureSpan {
  /** The first line of the failure, and the line where the next one begins. */
  readonly failure: number;
  readonly end: number;
  /** Whether it is the heading of a test that failed, below which its name goes on. */
  readonly isHeading: boolean;
  /** 1 where a line is part of a finding. */
  readonly parts: Uint8Array;
}

/**
 * The lines that a failure is made of besides its first, the most telling first: the names under the heading of a test,
 * what was expected and what came, the place. Of a long one those near its first line and near `end`, where the next
 * begins. Empty lines and frames are not among them.
 */
export function detailsOf(
  bodies: readonly string[],
  { failure, end, isHeading, parts }: FailureSpan,
): readonly number[] {
  const details: number[] = [];
  const head = headOf(bodies[failure] ?? '');
  let isName = isHeading;
  const consider = (index: number): void => {
    const body = bodies[index] ?? '';
    if (body.trim() === '') {
      isName = false;
      return;
    }
    if (details.length >= MOST_DETAILS || isStackFrame(body) || headOf(body) === head) return;
    if (isName || parts[index] === 1 || isDetail(body)) details.push(index);
    if (body.endsWith(':') || !INDENTED.test(body)) isName = false;
  };
  const near = Math.min(end, failure + NEAR_LINES);
  for (let index = failure + 1; index < near; index++) consider(index);
  isName = false;
  for (let index = Math.max(near, end - NEAR_LINES); index < end; index++) consider(index);
  return details;
}

/** How the entries of a log begin alike: another entry is no detail of this one. */
function headOf(body: string): string {
  return body.trimStart().slice(0, HEAD_CHARS).replace(/\d/g, '0');
}

function isDetail(body: string): boolean {
  const head = body.slice(0, LONGEST_LINE);
  if (DETAIL.some((pattern) => pattern.test(head))) return true;
  return body.length > LONGEST_LINE && DETAIL.some((pattern) => pattern.test(body.slice(-LONGEST_LINE)));
}

const INDENTED = /^\s{2,}\S/;
