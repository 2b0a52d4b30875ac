import { sampleLines } from './sample-lines.ts';
import { withoutEscapes } from './selection/line-body.ts';

/** Lines that are looked at: the first ones, and from a longer text as many again, evenly spread. */
const SAMPLE_LINES = 200;
/** Of a line no more than this is looked at. */
const HEAD_CHARS = 300;
/** Of the lines that are not blank at least this share has to look like a log's. */
const LEAST_SHARE = 0.3;
/** Lines that differ from one another in their digits alone, as a share of all lines that are not blank. */
const LEAST_ALIKE_SHARE = 0.6;
const LEAST_LINES = 3;

/**
 * How the lines of logs begin, and of what builds and tests print. Anchored, and without a repeated group that could be
 * read in two ways, so that each is linear in the head of a line.
 */
const HEADS: readonly RegExp[] = [
  // 2024-05-01T00:00:01, 2024/05/01 00:00:01, 2005.11.09 12:10
  /^[[("']?\d{4}[-/.]\d\d?[-/.]\d\d?[T ,_]+\d\d?:\d\d/,
  // 01/May/2024:00:00:01, 17/06/09 20:11:09, 03-17 16:13:38.811
  /^[[("']?\d\d[-/](?:\d\d|[A-Z][a-z]{2})[-/: ](?:\d{2,4}[: ])?\s?\d\d:\d\d/,
  // 00:00:01.123
  /^[[("']?\d\d:\d\d:\d\d[\s.,\])|]/,
  // May  1 00:00:01, Mon May 1 00:00:01
  /^[[("']?(?:[A-Z][a-z]{2},? )?[A-Z][a-z]{2} {1,2}\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d/,
  // 081109 203615, 20240501-00:00:01, 1714521600.123, [   12.345678]
  /^(?:\d{6} \d{6} |\d{8}[-T ]\d\d?:?\d\d|(?:- )?1\d{9}(?:\d{3}|\.\d{1,9})?[\s:,]|\[ {0,6}\d{1,7}\.\d{6}\] )/,
  // I0501 12:00:01.123456
  /^[IWEFD]\d{4} \d\d:\d\d:\d\d/,
  // 10.0.0.1 - - [01/May/2024:...
  /^[\w.:-]{1,60} \S{1,40} \S{1,40} \[\d\d\/[A-Z][a-z]{2}\/\d{4}:/,
  // time="2024-..., level=info, ts=...
  /^(?:time|ts|timestamp|t|level|lvl|severity|at)=\S/,
  // [INFO] ..., ERROR: ..., <6> ...
  /^\[? ?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|FATAL|CRITICAL|SEVERE|PANIC)[\] ]{0,3}[:\s[(|-]/,
  /^\[?(?:trace|debug|info|notice|warn|warning|error|fatal|critical)[\]:][: ]/,
  /^(?:npm|gyp|yarn|pnpm|verbose|cargo)(?: \w{1,8}!?)? (?:ERR!|WARN|info|verb|http|error|warn|notice|verbose|sill|silly|ok)\b/,
  // tests
  /^\s{0,12}(?:ok|not ok) \d+/,
  /^\s{0,12}(?:✓|✔|✕|✗|✘|×|√|●|◯|○) ?\S/,
  /^\s{0,8}(?:PASS|FAIL|PASSED|FAILED|SKIP|SKIPPED|XFAIL|--- (?:PASS|FAIL|SKIP):|=== (?:RUN|PAUSE|CONT|NAME)|RUN|RUNS)[:\s]\s*\S/,
  /^(?:={5,}|-{5,}|_{5,}) ?\S[^=_]{0,200} ?(?:={5,}|-{5,}|_{5,})\r?$/,
  /^\[ {0,10}(?:RUN|OK|FAILED|PASSED|SKIPPED|-{10}|={10}) {0,10}\] /,
  // compilers and builders
  /^(?:[A-Za-z]:\\)?[^\s:()"'`]{1,200}[:(]\d+(?:[:,]\d+)?[):]{1,2} (?:fatal )?(?:error|warning|note|info|remark|[A-Z]{1,4}\d{2,5})\b/i,
  /^[^\s:()"'`]{1,200}: (?:In (?:member )?(?:function|constructor|destructor|static member)|fatal error|undefined reference)\b/,
  /^\s{2,}\d+:\d+\s+(?:error|warning)\s/,
  /^\[\s{0,4}\d{1,6}\/\d{1,6}\] \S/,
  /^\[\s{0,2}\d{1,3}%\] \S/,
  /^g?make(?:\[\d+\])?: /,
  /^-- (?:The|Check|Detecting|Looking|Found|Performing|Configuring|Generating|Build|Could)\b/,
  /^(?:\$ |\+{1,3} )?(?:\/\S+\/)?(?:gcc|g\+\+|cc|c\+\+|clang|clang\+\+|rustc|javac)\s+-/,
  /^> Task :\S/,
  /^\s{0,4}(?:Compiling|Downloading|Downloaded|Installing|Checking|Collecting|Building|Fetching|Updating|Running) \S/,
  /^##?\[(?:group|endgroup|error|warning|command|section|debug)\]/,
  // frames
  /^\s{0,8}File "[^"]{1,250}", line \d+/,
  /^\s{0,4}\.\.\. \d+ more\b/,
  /^#\d+\s+(?:0x[\da-f]+ )?\S/,
  /^==\d+==\s/,
  /^(?:Caused by: |Exception in thread |Traceback \(most recent call last\)|goroutine \d+ \[|thread '[^']{1,80}' panicked)/,
  // what compilers and test runners draw under a line of source
  /^[\s|]*(?:\^|~)[~^-]*\s*$/,
  /^\s{1,16}(?:symbol|location): /,
  /^\s{0,8}\d{0,6} \| {1,200}\S/,
  /^E {3,12}\S/,
  /^[^\s:()"'`]{1,200}\.\w{1,4}:\d+: (?:in \S|\w{1,60}(?:Error|Exception|Failed)\b)/,
  // system calls
  /^(?:\[pid\s+\d+\] )?[a-z_]\w{1,30}\(.{0,250}\)\s+= -?(?:\d|0x|\?)/,
  // one JSON object per line
  /^\{"[^"]{1,80}":.{1,280}/,
];

/** How such lines end: test results. */
const TAILS: readonly RegExp[] = [
  /\s(?:PASSED|FAILED|SKIPPED|XFAIL|XPASS|ERROR)(?: {1,40}\[[^\]]{1,40}\])*\s*$/,
  /\s\.{3} (?:ok|FAIL|FAILED|ERROR|skipped|ignored)\b.{0,80}$/,
  /\[(?:built|emitted|code generated|used exports unknown)\](?: \S{1,40}){0,4}\s*$/,
];

/**
 * Whether these lines are a machine's record of what happened: most begin with a time or a level, or are what builds,
 * tests, tracers print, or repeat one another in all but their numbers. Prose, code, diffs, search hits and tables with
 * separators are not.
 */
export function looksLikeLog(lines: readonly string[]): boolean {
  const heads: string[] = [];
  for (const line of sampleLines(lines, SAMPLE_LINES))
    if (line.trim() !== '') heads.push(withoutEscapes(line.slice(0, HEAD_CHARS)));
  if (heads.length < LEAST_LINES || isSeparated(heads) || isDiff(heads)) return false;
  return areKnown(heads) || areAlike(heads);
}

/** Looks at no more lines than it takes to know. */
function areKnown(heads: readonly string[]): boolean {
  const fewest = heads.length * LEAST_SHARE;
  let known = 0;
  for (const [index, head] of heads.entries()) {
    if (known + heads.length - index < fewest) return false;
    if (isLogLine(head) && ++known >= fewest) return true;
  }
  return false;
}

function isLogLine(head: string): boolean {
  return HEADS.some((pattern) => pattern.test(head)) || TAILS.some((pattern) => pattern.test(head)) || isFrame(head);
}

/** `    at Context.run (file.js:10:3)`, `\tat java.lang.Thread.run(Thread.java:750)`. */
function isFrame(head: string): boolean {
  const text = head.trim();
  const last = text.charCodeAt(text.length - 1);
  return (
    text.startsWith('at ') && (last === 41 || (last >= 48 && last <= 57)) && (text.includes('(') || text.includes(':'))
  );
}

/** The same number of separators, at least two, in all but a few lines: CSV and its kin. */
function isSeparated(heads: readonly string[]): boolean {
  return [',', '\t', ';'].some((separator) => {
    const arities = new Map<number, number>();
    for (const head of heads) {
      const arity = head.split(separator).length - 1;
      arities.set(arity, (arities.get(arity) ?? 0) + 1);
    }
    for (const [arity, count] of arities) if (arity >= 2 && count >= heads.length * 0.9) return true;
    return false;
  });
}

function isDiff(heads: readonly string[]): boolean {
  const start = heads.findIndex((head) => head.startsWith('--- '));
  return (
    (heads[0] ?? '').startsWith('diff --git ') ||
    (start >= 0 && start < 5 && (heads[start + 1] ?? '').startsWith('+++ '))
  );
}

/** Of every ten lines six have two others that differ from them in digits alone. */
function areAlike(heads: readonly string[]): boolean {
  const shapes = new Map<string, number>();
  for (const head of heads) {
    if (!DIGIT.test(head) || !SPACED.test(head) || GREP_HIT.test(head) || CODE_END.test(head)) continue;
    const shape = head.replace(/\d+/g, '0');
    shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
  }
  let alike = 0;
  for (const count of shapes.values()) if (count >= 3) alike += count;
  return heads.length >= 10 && alike >= heads.length * LEAST_ALIKE_SHARE;
}

const DIGIT = /\d/;
const SPACED = /\S\s+\S+\s+\S/;
/** How lines of code and of data in brackets end. */
const CODE_END = /[;{}(),[\]]\r?$/;
const GREP_HIT = /^[^\s:]{1,200}:\d+[:-]/;
