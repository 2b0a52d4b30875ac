/** A part of a settings file that has a name: a table, a section, a key with what is under it, an item of a list. */
export interface ConfigSection {
  /** What it is called in an outline: `tokio 1.50.0`, `services`, `Deployment web`. */
  readonly label: string;
  /** Lines of the source, counted from 1, comments right above it included. */
  readonly first: number;
  readonly last: number;
}

const LONGEST_LABEL = 80;
/** Of the lines of a section so many are searched for its name. */
const LABEL_LINES = 8;
const FEWEST_SECTIONS = 8;
const LEAST_LINES_TO_SPLIT = 4;

const TABLE = /^\[{1,2}([^\]\n]{1,200})\]{1,2}\s*(?:[#;].*)?$/;
const COMMENT = /^\s*[#;]/;

/**
 * The sections of a file in order, without gaps, from its first line to its last: tables of TOML and INI, documents of
 * a YAML stream, else keys of the least indentation that gives more than a few.
 */
export function configSections(lines: readonly string[]): readonly ConfigSection[] {
  const tables = startsOf(lines, (line) => TABLE.test(line));
  if (tables.length >= 2) return sectionsAt(lines, { starts: tables, first: 0, end: lines.length });
  const documents = startsOf(lines, (line) => line === '---' || line.startsWith('--- '));
  if (documents.length >= 2) return sectionsAt(lines, { starts: documents, first: 0, end: lines.length });
  const stanzas = stanzaStarts(lines);
  if (stanzas.length >= 2) return sectionsAt(lines, { starts: stanzas, first: 0, end: lines.length });
  let sections = splitSection(lines, { label: '', first: 1, last: lines.length });
  // A file whose keys all stand under one or two is the keys of those.
  for (let round = 0; round < 3 && sections.length < FEWEST_SECTIONS; round++) {
    sections = sections.flatMap((section) =>
      section.last - section.first + 1 >= LEAST_LINES_TO_SPLIT ? splitSection(lines, section) : [section],
    );
  }
  return sections;
}

/** The parts of a section: its first line or lines, and each key or item of the next indentation with what is under it. */
export function splitSection(lines: readonly string[], section: ConfigSection): readonly ConfigSection[] {
  const { first, last, label } = section;
  let least = Number.POSITIVE_INFINITY;
  for (let index = label === '' ? first - 1 : first; index < last; index++) {
    const line = lines[index] ?? '';
    const indent = indentOf(line);
    if (indent < least && !COMMENT.test(line) && isNamed(line.slice(indent))) least = indent;
  }
  const starts: number[] = [];
  for (let index = label === '' ? first - 1 : first; index < last; index++) {
    const line = lines[index] ?? '';
    if (indentOf(line) === least && !COMMENT.test(line) && isNamed(line.slice(least))) starts.push(index);
  }
  if (starts.length === 0) return [section];
  const parts = sectionsAt(lines, {
    starts: starts.map((start) => withComments(lines, start, first - 1)),
    first: first - 1,
    end: last,
  });
  const [head, ...rest] = parts;
  return head === undefined || label === '' || head.label !== '' ? parts : [{ ...head, label }, ...rest];
}

/** A key, or an item of a list: not a closing bracket, and not a line of a text. */
function isNamed(text: string): boolean {
  return /^(?:- \S|["']?[\w$./@-][^:=\n]{0,120}[:=](?:\s|$)|"":)/.test(text);
}

/** Blocks between empty lines that begin with the same key: `Package: curl`. */
function stanzaStarts(lines: readonly string[]): readonly number[] {
  const starts: number[] = [];
  for (const [index, line] of lines.entries()) {
    if (KEY.test(line) && (index === 0 || (lines[index - 1] ?? '').trim() === '')) starts.push(index);
  }
  const keys = starts.map((index) => KEY.exec(lines[index] ?? '')?.[0]);
  const same = starts.filter((_, at) => keys[at] === keys[0]);
  return same.length >= 2 && same.length >= starts.length * 0.6 ? same : [];
}

const KEY = /^[A-Za-z][\w-]{0,60}:/;

function startsOf(lines: readonly string[], isStart: (line: string) => boolean): readonly number[] {
  const starts: number[] = [];
  for (const [index, line] of lines.entries()) if (isStart(line.trimEnd())) starts.push(withComments(lines, index, 0));
  return starts;
}

/** The first of the comments right above a line. */
function withComments(lines: readonly string[], start: number, least: number): number {
  let first = start;
  while (first > least && COMMENT.test(lines[first - 1] ?? '')) first--;
  return first;
}

function sectionsAt(
  lines: readonly string[],
  { starts, first, end }: { readonly starts: readonly number[]; readonly first: number; readonly end: number },
): readonly ConfigSection[] {
  const sections: ConfigSection[] = [];
  const head = starts[0] ?? end;
  if (head > first) sections.push({ label: '', first: first + 1, last: head });
  for (const [index, start] of starts.entries()) {
    const last = starts[index + 1] ?? end;
    sections.push({ label: labelOf(lines, { start, end: last }), first: start + 1, last });
  }
  return sections;
}

/** The name that a section gives itself, with its version or kind, else what its first line says. */
function labelOf(lines: readonly string[], { start, end }: { readonly start: number; readonly end: number }): string {
  let title = '';
  let name = '';
  let version = '';
  let kind = '';
  let seen = 0;
  for (let index = start; index < end && seen < LABEL_LINES; index++) {
    const line = (lines[index] ?? '').slice(0, 400);
    if (line.trim() === '' || COMMENT.test(line)) continue;
    seen++;
    if (title === '' && line.trim() !== '---') title = line.trim();
    const pair = PAIR.exec(line);
    if (pair === null) continue;
    const value = unquote((pair[2] ?? '').trim());
    const field = pair[1]?.toLowerCase();
    if (field === 'version') version = value;
    else if (field === 'kind') kind = value;
    else if (name === '') name = value;
  }
  const table = TABLE.exec(title)?.[1];
  const isRecord = title.startsWith('[[') || title.startsWith('- ') || kind !== '';
  if (name !== '' && (isRecord || /^package:/i.test(title)))
    return clip([kind, name, version].filter((part) => part !== '').join(' '));
  const key = (table ?? keyOf(title)).trim();
  return clip(version === '' || /^["']?version/i.test(key) ? key : `${key} ${version}`);
}

function unquote(value: string): string {
  const text = value.endsWith(',') ? value.slice(0, -1) : value;
  return /^(["']{1,3})(.*)\1$/.exec(text)?.[2] ?? text;
}

/** What stands before the first `:` or `=` of a line, without quotes. */
function keyOf(title: string): string {
  const text = title.startsWith('- ') ? title.slice(2) : title;
  const end = text.search(/[:=](?:\s|$)/);
  return (end < 0 ? text : text.slice(0, end)).trim().replace(/^"([^"]*)"$/, '$1');
}

const PAIR = /^\s{0,40}(?:- )?["']?(name|id|key|title|version|kind|package)["']?\s{0,20}[:=]\s{0,20}(\S.{0,200})$/i;

function clip(text: string): string {
  return text.length <= LONGEST_LABEL ? text : `${text.slice(0, LONGEST_LABEL)}...`;
}

function indentOf(line: string): number {
  let indent = 0;
  while (line[indent] === ' ' || line[indent] === '\t') indent++;
  return indent;
}
