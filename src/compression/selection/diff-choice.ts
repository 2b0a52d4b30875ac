import { pathOf } from '../code-tools/diff-lines.ts';
import type { DiffLine } from '../code-tools/diff-lines.ts';
import type { SelectionRequest } from '../strategy.ts';
import { bestAnswers } from './best-answers.ts';
import { keptLines } from './kept-lines.ts';
import { groupIndexes } from './line-groups.ts';

/** A message is kept to so many lines; a commit's header and subject are among them. */
const MESSAGE_LINES = 30;
const SMALL_HUNK_LINES = 12;
const SURE_HUNKS = 4;
/** So many changes of each hunk come before the others of any. */
const FIRST_CHANGES = 16;
/** Of a hunk that is asked for so many lines stay at most. */
const MOST_HUNK_LINES = 120;
/** Changes are what a diff is read for: so many tokens of them stay whatever the budget. */
const LEAST_CHANGES_TOKENS = 3_000;
/** Parts of the budget: headers of files and hunks, each hunk asked for, single answers, what stands around them. */
const HEADERS_SHARE = 0.6;
const HUNK_SHARE = 0.6;
const ANSWERS_SHARE = 0.3;
const AROUND_SHARE = 0.2;
/** Gaps of fewer lines are not worth the line that would tell of them. */
const SMALLEST_GAP_LINES = 2;

/** Lock files, minified and generated code, snapshots, what was vendored. */
const GENERATED =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|[\w.-]+\.lock|go\.sum|[\w.-]+\.lock\.json|\.pnp\.c?js|__snapshots__\/.*|vendor\/.*|node_modules\/.*|dist\/.*|third_party\/.*)$|\.(?:min\.(?:js|css|mjs)|map|snap|pb\.go|g\.dart|generated\.\w+|designer\.cs)$|_pb2(?:_grpc)?\.py$|_generated\.\w+$/;

/** Records rather than code: read last. */
const DATA =
  /\.(?:json|jsonl|csv|tsv|xml|svg|txt|html|snap|lock|golden|expected)$|(?:^|\/)(?:fixtures?|testdata|__fixtures__)\//;

/** Chooses the lines of a diff that stay: 1 for each of them. */
export function chooseDiffLines(
  lines: readonly string[],
  parts: readonly DiffLine[],
  { query, budgetTokens }: SelectionRequest,
): Uint8Array {
  const { kept, keep, keepWithin, spent } = keptLines(lines);
  const all = [...lines.keys()];
  const generated = generatedFiles(lines, parts);
  const isGenerated = (index: number): boolean => generated.has(parts[index]?.file ?? -1);
  const isChange = (index: number): boolean => ['added', 'removed'].includes(parts[index]?.role ?? '');

  keepMessages(lines, parts, keep);
  // One line names the file, and those that say more than hashes; the rest as far as they fit.
  const headers = all.filter((index) => parts[index]?.role === 'file');
  for (const index of headers) if (TELLING.test(lines[index] ?? '')) keep(index);
  keepWithin(
    all.filter((index) => parts[index]?.role === 'file' || (parts[index]?.role === 'hunk' && !isGenerated(index))),
    spent() + budgetTokens * HEADERS_SHARE,
  );

  const hunks = hunksOf(lines, parts);
  const texts = hunks.map((hunk) => hunk.map((index) => lines[index] ?? '').join('\n'));
  const answers = bestAnswers(lines, query);
  for (const index of answers.sure) {
    keep(index);
    for (const other of headerOf(hunks, parts[index]?.hunk)) keep(other);
  }
  const asked = new Set(bestAnswers(texts, query, { most: SURE_HUNKS }).sure);
  for (const index of answers.sure) {
    const hunk = parts[index]?.hunk ?? -1;
    if (hunk >= 0 && asked.size < 2 * SURE_HUNKS) asked.add(hunk);
  }
  for (const at of asked) {
    const hunk = (hunks[at] ?? []).slice(0, MOST_HUNK_LINES);
    if (isGenerated(hunk[0] ?? 0)) continue;
    keepWithin([...hunk.filter(isChange), ...hunk], spent() + budgetTokens * HUNK_SHARE);
  }
  keepWithin(
    answers.sure.flatMap((index) => [index + 1, index - 1, index + 2, index - 2, index + 3, index - 3]),
    spent() + budgetTokens * AROUND_SHARE,
  );
  const limit = Math.max(budgetTokens, spent() + budgetTokens * ANSWERS_SHARE, LEAST_CHANGES_TOKENS);
  keepWithin(
    answers.all.filter((index) => !isGenerated(index)),
    spent() + budgetTokens * AROUND_SHARE,
  );
  const written = hunks.filter((hunk) => !isGenerated(hunk[0] ?? 0));
  const data = dataFiles(lines, parts);
  const isData = (hunk: readonly number[]): boolean => data.has(parts[hunk[0] ?? 0]?.file ?? -1);
  const code = written.filter((hunk) => !isData(hunk));
  keepWithin(code.filter((hunk) => hunk.length <= SMALL_HUNK_LINES).flat(), limit);
  for (const group of [code, written.filter(isData)]) {
    const changes = group.map((hunk) => hunk.filter(isChange));
    keepWithin(
      changes.flatMap((hunk) => hunk.slice(0, FIRST_CHANGES)),
      limit,
    );
    keepWithin(changes.flat(), limit);
  }
  fillGaps(lines.length, kept);
  return kept;
}

/** Says what no hash and no repeated name says. */
const TELLING =
  /^(?:diff --|old mode|new mode|new file|deleted file|rename|copy|similarity|Binary files|Only in|GIT binary|--- )/;

function keepMessages(lines: readonly string[], parts: readonly DiffLine[], keep: (index: number) => void): void {
  let length = 0;
  for (const [index, line] of lines.entries()) {
    if (parts[index]?.role !== 'message') {
      length = 0;
      continue;
    }
    if (line.startsWith('commit ')) length = 0;
    if (length++ < MESSAGE_LINES) keep(index);
  }
}

function generatedFiles(lines: readonly string[], parts: readonly DiffLine[]): ReadonlySet<number> {
  return filesCalled(GENERATED, lines, parts);
}

function dataFiles(lines: readonly string[], parts: readonly DiffLine[]): ReadonlySet<number> {
  return filesCalled(DATA, lines, parts);
}

function filesCalled(form: RegExp, lines: readonly string[], parts: readonly DiffLine[]): ReadonlySet<number> {
  const called = new Set<number>();
  for (const [index, { role, file }] of parts.entries()) {
    if (role === 'file' && form.test(pathOf((lines[index] ?? '').slice(0, 1_000)) ?? '')) called.add(file);
  }
  return called;
}

/** The lines of each hunk, its header first. */
function hunksOf(lines: readonly string[], parts: readonly DiffLine[]): readonly (readonly number[])[] {
  const keys = lines.map((_, index) => String(parts[index]?.hunk ?? -1));
  return [...groupIndexes(keys)].filter(([key]) => key !== '-1').map(([, indexes]) => indexes);
}

function headerOf(hunks: readonly (readonly number[])[], hunk: number | undefined): readonly number[] {
  return hunk === undefined || hunk < 0 ? [] : (hunks[hunk] ?? []).slice(0, 1);
}

function fillGaps(length: number, kept: Uint8Array): void {
  for (let index = 0; index < length; index++) {
    if (kept[index] === 1) continue;
    const first = index;
    while (index + 1 < length && kept[index + 1] !== 1) index++;
    if (index - first + 1 <= SMALLEST_GAP_LINES) for (let at = first; at <= index; at++) kept[at] = 1;
  }
}
