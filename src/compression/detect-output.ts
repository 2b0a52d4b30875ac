import { looksLikeProse } from './detect-prose.ts';
import { withoutEscapes } from './selection/line-body.ts';

/** So many lines at either end are looked at, where runners and builders say what they are and how it went. */
const END_LINES = 150;
/** A sum in so many of the last lines that are not blank is enough. */
const LAST_LINES = 6;
const HEAD_CHARS = 300;
/** Documents show some output too; one that shows so many signs at its ends is none. */
const FEWEST_SIGNS = 2;
const SURE_SIGNS = 4;
/** So many events with a time, the first line among them, make a log, however many lines each of them has. */
const FEWEST_EVENTS = 4;

/** What one tool alone says of its work. Anchored, and without parts that could be read in two ways. */
const SIGNS: readonly RegExp[] = [
  // mocha, jest, vitest, node:test, TAP, bun, deno
  /^\s{0,4}\d+ (?:passing \(|failing\s*$|pending\s*$)/,
  /^\s{0,8}(?:Test Suites|Tests|Test Files|Snapshots):?\s{1,12}\d+ (?:passed|failed|skipped|total|todo|written|obsolete)/,
  /^(?:# |ℹ )(?:tests|pass|fail|suites) \d+\s*$/,
  /^TAP version \d/,
  /^\s{0,2}(?:ok|FAILED) \| \d+ passed/,
  // pytest, unittest, nose, tox
  /^(?:=+ )?\d+ (?:passed|failed|skipped|errors?|deselected|xfailed)\b.{0,120} in \d/,
  /^=+ (?:test session starts|short test summary info|FAILURES|ERRORS) =+/,
  /^Ran \d+ tests? (?:in \d|across)/,
  /^(?:Finished in \d|Failed examples:$|Failures:$|FAILED \S+::\S)/,
  // cargo, go, rspec, minitest, phpunit, exunit, gtest, ctest, dotnet, JUnit, Surefire, Gradle, XCTest, bazel, sbt
  /^test result: (?:ok|FAILED)\. \d/,
  /^running \d+ tests?\s*$/,
  /^(?:ok|FAIL)\s{1,8}[\w./-]+\s{1,8}(?:\d+\.\d+s|\(cached\))/,
  /^\d+ (?:examples?|tests?|runs?|scenarios?), \d+ (?:failures?|assertions?|passed|failed)/,
  /^(?:FAILURES!|ERRORS!|OK \(\d+ tests?|Tests: \d+, Assertions: )/,
  /^PHPUnit \d/,
  /^\[={10}\] |^\[ {2}(?:PASSED|FAILED) {2}\] \d/,
  /^\d+% tests passed, \d+ tests? failed/,
  /^(?:Passed|Failed)! {1,4}- Failed:|^Total tests: \d/,
  /^(?:\[\w+\] )?Tests run: \d+, Failures: \d/,
  /^\d+ tests? completed, \d+ failed/,
  /^(?:\[\w+\] )?BUILD (?:SUCCESS|SUCCESSFUL|FAILED|FAILURE)\b/,
  /^(?:Executed \d+ (?:out of|tests?)|\*\* (?:TEST|BUILD) (?:SUCCEEDED|FAILED) \*\*)/,
  // bundlers and compilers
  /^webpack \d+\.\d+\.\d+ compiled|^asset \S+ [\d.]+ \w+ .{0,200}\[emitted\]|^Entrypoint \S+ |^(?:orphan )?modules by path \S/,
  /^(?:vite v\d|✓ \d+ modules transformed|✓ built in|dist\/\S+ {1,40}[\d.]+ [kM]?B)/,
  /^\s{0,4}(?:Finished `?\w+`? (?:profile )?|Compiling \S+ v\d)/,
  /^error: (?:could not compile|aborting due to|Recipe `|linking with)/,
  /^(?:Build (?:FAILED|succeeded)\.|\s{2,8}\d+ (?:Warning|Error)\(s\))/,
  /^(?:#\d+ (?:\[\S{1,40} ?\d+\/\d+\]|DONE \d|CACHED|ERROR)|Step \d+\/\d+ : |Successfully (?:built|tagged|installed) )/,
  /^(?:ninja: build stopped|collect2: error|g?make(?:\[\d+\])?: \*{3} |INFO: Build completed|Target \/\/\S)/,
  /^(?:added|changed|removed) \d+ packages?\b|^npm (?:ERR!|error) /,
  /^\d+ errors?(?: generated\.)?\s*$|^Found \d+ errors?\b/,
  // linters
  /^✖ \d+ problems? \(|^Your code has been rated at|^Success: no issues found|^\d+ files? inspected, |^\d+ issues?:?\s*$/,
  /^In \S{1,200} line \d+:\s*$/,
  // crashes and dumps
  /^Full thread dump |^Found one Java-level deadlock|^Thread \d+ \(Thread 0x|^goroutine \d+ \[[^\]]{1,80}\]:|^Fatal Python error: /,
  /^Traceback \(most recent call last\):|^Exception in thread "|^(?:thread '[^']{1,80}' panicked|panic: |fatal error: )/,
  /^(?:Process completed with exit code|The command ".{1,200}" exited with|ERROR: Job failed|Cleaning up project directory)/,
];

/** `2024-05-01 10:00:00`, `[10:00:00]`, `May  1 10:00:00`, `01/May/2024:10:00:00`. */
const EVENT = /^\[?(?:\d{4}[-/.]\d\d[-/.]\d\d[T ]|\d\d\/[A-Z][a-z]{2}\/\d{4}:|[A-Z][a-z]{2} [ \d]\d )?\d\d:\d\d:\d\d/;

/**
 * Whether a text of which few lines look like a log's is one all the same: the output of a test runner, a builder, a
 * linter or a debugger, known by what it says at its ends, or events with a time of which most have many lines.
 */
export function looksLikeOutput(lines: readonly string[]): boolean {
  if (isEvents(lines)) return true;
  const ends = lines.length <= 2 * END_LINES ? lines : [...lines.slice(0, END_LINES), ...lines.slice(-END_LINES)];
  const signs = new Set<string>();
  const heads: string[] = [];
  for (const line of ends) {
    if (line.trim() === '') continue;
    const head = withoutEscapes(line.slice(0, HEAD_CHARS));
    heads.push(head);
    if (isSign(head)) signs.add(head);
  }
  if (signs.size === 0) return false;
  const isSummedUp = heads.slice(-LAST_LINES).some((head) => signs.has(head));
  if (signs.size >= SURE_SIGNS) return true;
  return (signs.size >= FEWEST_SIGNS || isSummedUp) && !looksLikeProse(lines);
}

function isSign(head: string): boolean {
  return SIGNS.some((pattern) => pattern.test(head));
}

function isEvents(lines: readonly string[]): boolean {
  const first = lines.find((line) => line.trim() !== '');
  if (first === undefined || !EVENT.test(first)) return false;
  let events = 0;
  for (const line of lines) if (EVENT.test(line)) events++;
  return events >= FEWEST_EVENTS;
}
