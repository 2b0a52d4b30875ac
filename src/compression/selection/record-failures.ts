import { stringValue } from '../json/string-value.ts';
import type { Leaf, RecordColumn } from './record-columns.ts';
import { keyWords, wordsOf } from './record-words.ts';

/** Rows that report a failure, those alike under the same template. */
export interface FailureCluster {
  readonly rows: readonly number[];
}

const SEVERITY_KEYS = new Set(['level', 'severity', 'loglevel', 'priority']);
const SEVERE = new Set(['error', 'err', 'fatal', 'critical', 'crit', 'alert', 'emergency', 'emerg', 'panic', 'severe']);
const ERROR_KEYS = new Set([
  'error',
  'errors',
  'exception',
  'exceptions',
  'err',
  'stacktrace',
  'traceback',
  'stderr',
  'failure',
  'failures',
  'failed',
  'fault',
]);
/** With one of these a key speaks of a measure, not of an error. */
const MEASURE_WORDS = new Set(['rate', 'ratio', 'percent', 'pct', 'budget', 'threshold', 'limit', 'policy', 'handler']);
const SUCCESS_KEYS = new Set(['success', 'successful', 'succeeded', 'ok', 'passed', 'healthy', 'ready', 'valid']);
const CODE_KEYS = new Set(['status', 'statuscode', 'httpstatus', 'code', 'responsecode']);
const EXIT_KEYS = new Set(['exitcode', 'exitstatus', 'returncode']);
const FAILURE_WORDS = new Set([
  'error',
  'errors',
  'errored',
  'exception',
  'failed',
  'failure',
  'failing',
  'fails',
  'fatal',
  'panic',
  'critical',
  'traceback',
  'timeout',
  'refused',
  'denied',
  'unreachable',
  'unavailable',
  'unresponsive',
  'unhealthy',
  'oom',
  'oomkilled',
  'killed',
  'crash',
  'crashed',
  'crashloopbackoff',
  'segfault',
  'deadlock',
  'corrupt',
  'corrupted',
  'rejected',
  'aborted',
  'declined',
  'backoff',
  'imagepullbackoff',
  'errimagepull',
  'createcontainerconfigerror',
  'unschedulable',
  'evicted',
]);
/** Finds out fast that a text has none of the words. */
const FAILURE_HINT = new RegExp([...FAILURE_WORDS].join('|'), 'i');
const NOTHING = new Set(['', 'none', 'null', 'nil', 'no', 'ok', 'n/a', 'na', '-', 'false', '0', 'success', 'no error']);
const NEGATIONS = new Set(['no', 'zero', '0', 'without', 'not', 'never', 'non']);
const LONGEST_MESSAGE = 300;
/** Words in a message prove nothing when a larger share of the rows has them. */
const MOST_SAID = 0.3;

/** Groups the rows that failed. A null error, a count of zero, or a rate are not failures. */
export function findFailures(
  rows: readonly (readonly Leaf[])[],
  columns: readonly RecordColumn[],
): readonly FailureCluster[] {
  const minority = minorityPaths(columns);
  const stated = rows.map((leaves) => [
    ...leaves.filter((leaf) => statesFailure(leaf, minority)),
    ...leaves.filter((leaf, index) => isBadCondition(leaf, leaves.slice(Math.max(0, index - 6), index + 7))),
  ]);
  const said = rows.map((leaves) => leaves.filter(saysFailure));
  const saidCount = said.filter(({ length }) => length > 0).length;
  const listens = saidCount <= Math.max(3, rows.length * MOST_SAID);
  const clusters = new Map<string, number[]>();
  for (const [row, leaves] of rows.entries()) {
    const signs = [...(stated[row] ?? []), ...(listens ? (said[row] ?? []) : [])];
    if (signs.length === 0) continue;
    const template = templateOf(leaves, signs);
    const cluster = clusters.get(template);
    if (cluster === undefined) clusters.set(template, [row]);
    else cluster.push(row);
  }
  return [...clusters.values()].map((members) => ({ rows: members }));
}

/** Paths where a number that is not zero, or a `false`, is the exception. */
function minorityPaths(columns: readonly RecordColumn[]): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const { path, values, presentCount } of columns) {
    let odd = 0;
    for (const value of values) {
      if (value?.type === 'number' && Number(value.source) !== 0) odd++;
      if (value?.source === 'false') odd++;
    }
    if (odd > 0 && odd <= presentCount * MOST_SAID) paths.add(path);
  }
  return paths;
}

/** Whether a value says by its key that something failed. `minority` holds the paths where numbers and `false` are rare. */
export function statesFailure(
  { path, key, value }: Leaf,
  minority: ReadonlySet<string>,
  words: readonly string[] = keyWords(key),
): boolean {
  const whole = words.join('');
  if (value.type === 'null') return false;
  if (value.type === 'boolean') {
    if (SUCCESS_KEYS.has(words.at(-1) ?? '')) return value.source === 'false' && minority.has(path);
    return value.source === 'true' && words.some((word) => ERROR_KEYS.has(word));
  }
  if (value.type === 'number') {
    const number = Number(value.source);
    if (EXIT_KEYS.has(whole)) return number !== 0;
    if (CODE_KEYS.has(whole)) return number >= 400 && number < 600;
    return number !== 0 && isErrorKey(words) && minority.has(path);
  }
  const text = value.source.length > LONGEST_MESSAGE ? value.source : stringValue(value.source);
  const lower = text.toLowerCase();
  if (SEVERITY_KEYS.has(whole) || SEVERITY_KEYS.has(words.at(-1) ?? '')) return SEVERE.has(lower);
  if (isErrorKey(words) && !NOTHING.has(lower)) return true;
  return (
    text.length <= 40 &&
    FAILURE_HINT.test(text) &&
    !text.includes(' ') &&
    wordsOf(text).some((word) => FAILURE_WORDS.has(word))
  );
}

const GOOD_CONDITIONS = new Set([
  'available',
  'ready',
  'healthy',
  'established',
  'initialized',
  'podscheduled',
  'containersready',
]);
const BAD_CONDITIONS = new Set([
  'degraded',
  'failing',
  'failed',
  'stalled',
  'diskpressure',
  'memorypressure',
  'pidpressure',
]);

const CONDITION_STATES = new Set(['"True"', '"False"', '"Unknown"']);

/** Kubernetes conditions: `{"type": "Degraded", "status": "True"}` is a failure, and so is `Ready` with `False`. */
export function isBadCondition({ key, path, value }: Leaf, near: readonly Leaf[]): boolean {
  if (key !== 'status' || !CONDITION_STATES.has(value.source)) return false;
  const typePath = `${path.slice(0, -'status'.length)}type`;
  const name =
    near
      .find((leaf) => leaf.path === typePath)
      ?.value.source.slice(1, -1)
      .toLowerCase() ?? '';
  return value.source === '"True"' ? BAD_CONDITIONS.has(name) : GOOD_CONDITIONS.has(name);
}

/** Whether a key speaks of errors, and not of how they are measured or handled. */
export function isErrorKey(words: readonly string[]): boolean {
  return words.some((word) => ERROR_KEYS.has(word)) && !words.some((word) => MEASURE_WORDS.has(word));
}

/** Whether a message tells of a failure: one of the words, and no negation right before it. */
export function saysFailure({ value }: Leaf): boolean {
  if (value.type !== 'string' || value.source.length > LONGEST_MESSAGE || !FAILURE_HINT.test(value.source))
    return false;
  const words = wordsOf(stringValue(value.source));
  return words.some((word, index) => {
    if (!FAILURE_WORDS.has(word)) return false;
    return !NEGATIONS.has(words[index - 1] ?? '') && words[index + 1] !== '0';
  });
}

/** What the failing values say, and the messages beside them, without numbers and ids. */
function templateOf(leaves: readonly Leaf[], signs: readonly Leaf[]): string {
  const marked = new Set(signs);
  const parts: string[] = [];
  for (const leaf of leaves) {
    const { key, path, value } = leaf;
    if (value.type !== 'string') {
      if (marked.has(leaf)) parts.push(`${path}=${value.source}`);
      continue;
    }
    const isMessage = /^(message|msg|reason|detail|details|description|summary|text|log|event|code|type)$/i.test(key);
    if (marked.has(leaf) || isMessage)
      parts.push(`${path}=${maskVariables(value.source.slice(0, LONGEST_MESSAGE * 2))}`);
  }
  return parts.join('\n');
}

/** Replaces words that hold no letters beyond hexadecimal digits, and those that mix in many digits. */
export function maskVariables(text: string): string {
  return text.replaceAll(/[\w.:-]+/g, (word) => {
    const digits = word.replaceAll(/\D/g, '').length;
    if (digits === 0) return word;
    return digits >= 4 || /^[\d.:-]+[a-z]{0,3}$/i.test(word) ? '#' : word;
  });
}
