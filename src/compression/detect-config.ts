import { sampleLines } from './sample-lines.ts';

/** Lines that are looked at: the first ones, and from a longer text as many again, evenly spread. */
const SAMPLE_LINES = 250;
const HEAD_CHARS = 300;
const LEAST_LINES = 8;
/** Of the lines that are neither blank nor comments at least this share has to look like settings. */
const LEAST_SHARE = 0.85;
const LEAST_KEYS_SHARE = 0.4;
const MOST_ELEMENTS_SHARE = 0.1;

const KEY = /^(?:- ){0,3}["']?[A-Za-z_$./@*-][\w $./@*()-]{0,80}["']?\s{0,20}(?:=|:(?=\s|$))/;
const TABLE = /^\[{1,2}[^\]]{1,200}\]{1,2}(?:\s|$)/;
/** Items and values that go over several lines. */
const VALUE = /^(?:- \S|["'].*["'],?$|[\]})],?$|-?[\d.]+,?$|---(?:\s|$)|\.\.\.$)/;
/** Lines of the tree of a page, by whose references an agent acts: each of them can be what it needs next. */
const ELEMENT = /\[ref=\w{1,20}\]|\bBID:\w/;
/** What code ends with, and settings do not. */
const CODE = /[;{]$|\)$|=>|^(?:import|from|def|class|return|const|let|var|function|if|for|while)\b/;

/** Whether lines are settings: YAML, TOML, INI, properties, or a lock file in one of these. */
export function looksLikeConfig(lines: readonly string[]): boolean {
  let seen = 0;
  let keys = 0;
  let known = 0;
  let tables = 0;
  let indented = 0;
  let elements = 0;
  for (const line of sampleLines(lines, SAMPLE_LINES)) {
    const head = line.slice(0, HEAD_CHARS);
    const text = head.trim();
    if (text === '' || text.startsWith('#') || text.startsWith(';')) continue;
    seen++;
    if (ELEMENT.test(text)) elements++;
    const isTable = TABLE.test(text);
    const isKey = !isTable && KEY.test(text) && !(CODE.test(text) && !text.includes(' = ') && !text.includes(': '));
    if (isTable) tables++;
    if (isKey) keys++;
    if (isKey && /^\s/.test(head)) indented++;
    if (isTable || isKey || VALUE.test(text)) known++;
  }
  if (seen < LEAST_LINES || known < seen * LEAST_SHARE || keys < seen * LEAST_KEYS_SHARE) return false;
  if (elements > seen * MOST_ELEMENTS_SHARE) return false;
  return tables >= 2 || indented >= 3 || keys >= LEAST_LINES;
}
