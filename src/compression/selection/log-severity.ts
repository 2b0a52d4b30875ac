/** What a line of a log says about its own weight. */
export type Severity = 'failure' | 'warning' | 'summary' | 'plain';

/** Of longer lines only the head and the tail are looked at. */
const LONGEST_LINE = 4_000;
const SHORTEST_WORD = 3;

const FAILURE_WORDS =
  /\b(?:err|errors?|fail(?:s|ed|ing|ures?)?|fatal|panic(?:ked|s)?|exceptions?|traceback|crit|critical|severe|emerg|emergency|abort(?:ed|ing|s)?|crash(?:ed|es|ing)?|crashloopbackoff|segfault|sigsegv|sigabrt|segmentation fault|core dumped|oom-?kill(?:ed|er)?|out of memory|deadlock(?:ed|s)?|unhandled|uncaught|undefined reference|halt)\b/gi;
const FAILURE_NAMES = /[A-Za-z0-9](?:Error|Exception|Failure|Failed)(?![a-z])/g;
const FAILURE_FORMS: readonly RegExp[] = [
  /^[\w.]{1,120}(?:error|exception): \S/,
  /\b(?:permission denied|access denied|connection refused|timed out|unable to|could not|command not found|no such file|cannot find)\b/i,
  /: not found\s*$/,
  // HTTP 5xx, in an access log and in words
  /" 5\d\d (?:\d|-)/,
  /\b(?:status|status_?code|code|http)["']?[=: ]{1,3}["']?5\d\d\b/i,
  /\bHTTP\/\d(?:\.\d)?"? 5\d\d\b/,
  // a process that ended badly
  /\bexit(?:ed|ing)?\b[^\d\n]{0,20}[1-9]\d{0,9}\b/i,
  /\bkilled by signal\b/i,
  // the levels of Android's and Kubernetes' logs
  /^\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} {1,3}\d+ {1,3}\d+ [EF] /,
  /(?:^|[\]:] )[EF]\d{4} \d\d:\d\d:\d\d\./,
  // tests
  /^\s{0,12}(?:✕|✗|✘|×|not ok \d)/,
];
const WARNING_WORDS =
  /\b(?:warn(?:ings?|ed)?|denied|refused|rejected|forbidden|unauthorized|unreachable|time-?outs?|can ?not|can't|couldn't|invalid|not found|missing|deprecated|retry(?:ing)?|retries|broken|expired|killed|exceeded|unexpected(?:ly)?|unknown|lost|corrupt(?:ed|ion)?|throttl(?:ed|ing)|degraded|skipped|overload(?:ed)?|disconnect(?:ed|ing)?)\b/gi;

/** `errors: 0`, `"error": null`, `failed=0`, `error rate: 0.00`, what stands after such a word. */
const NOTHING_AFTER =
  /^(?:[ _-](?:rate|count|ratio|total)s?)?["'\]]?\s{0,4}(?:[:=]|->| is )\s{0,4}(?:["']?(?:0+(?:\.0+)?%?(?![\w.%])|(?:null|none|nil|false|no|undefined|n\/a)(?=\s{0,4}(?:[,;|"'}\])]|$)))|""|''|\[\]|\{\})/i;
/** `0 errors`, `no failures`, what stands before it. */
const NOTHING_BEFORE = /(?:^|[^\w.])(?:0|no|zero|without|any|never|not|non)[\s-]{1,3}$/i;

const SUMMARY_FORMS: readonly RegExp[] = [
  /^[=*#_-]{3,}\s?[^\s=*#_-]/,
  /\b\d+ (?:tests? )?(?:passed|failed|skipped|passing|failing|pending|deselected|errors?|warnings?|failures?|total)\b/i,
  /\bBUILD (?:SUCCESS|SUCCESSFUL|FAILED|FAILURE)\b/,
  /^\s{0,4}(?:tests?|test suites|test files|snapshots|time|total|totals|ran|finished|summary|results?|coverage|all files|duration)\b\s{0,40}[:|0-9]/i,
  /\b(?:built target|done in \d|finished in \d|took \d|compiled (?:successfully|with)|exit code|error summary|heap summary|leak summary)\b/i,
  /^# (?:tests|pass|fail|skip|todo|ok)\b/,
];

/** Whether a line reports something that failed, warns, or sums up. `failed: 0` and `no errors` report nothing. */
export function severityOf(line: string): Severity {
  if (line.length < SHORTEST_WORD) return 'plain';
  const text = line.length <= LONGEST_LINE ? line : line.slice(0, LONGEST_LINE / 2) + line.slice(-LONGEST_LINE / 2);
  const body = withoutTime(text);
  if (names(text, FAILURE_WORDS) || names(text, FAILURE_NAMES)) return 'failure';
  if (FAILURE_FORMS.some((form) => form.test(text) || (body !== text && form.test(body)))) return 'failure';
  if (SUMMARY_FORMS.some((form) => form.test(body))) return 'summary';
  return names(text, WARNING_WORDS) ? 'warning' : 'plain';
}

function names(text: string, words: RegExp): boolean {
  for (const match of text.matchAll(words)) {
    const end = match.index + match[0].length;
    if (
      !NOTHING_AFTER.test(text.slice(end, end + 40)) &&
      !NOTHING_BEFORE.test(text.slice(Math.max(0, match.index - 12), match.index))
    ) {
      return true;
    }
  }
  return false;
}

/** The line from behind a first word that is a time: `2024-05-01T00:00:00.123Z`. */
function withoutTime(line: string): string {
  const first = line.charCodeAt(0);
  if (first < 48 || first > 57) return line;
  const end = line.indexOf(' ');
  const isTime = end >= 8 && end <= 40 && line.slice(0, end).includes(':');
  return isTime ? line.slice(end + 1) : line;
}
