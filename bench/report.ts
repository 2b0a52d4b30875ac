import type { Floor } from './measure/floor.ts';
import type { CaseFigures } from './measure/measure-case.ts';
import type { BenchmarkResult } from './measure/run-benchmark.ts';
import type { SizeFigures } from './measure/speed.ts';
import type { MeasuredCase, Summary } from './measure/summarize.ts';

export interface SectionOptions {
  /** Whether cases may be called by their names and needles quoted; else by kind and number. */
  readonly named: boolean;
}

/** The figures of one set of cases, in Markdown. */
export function writeSection(result: BenchmarkResult, options: SectionOptions): string {
  const { broken, time, peer } = result;
  const speed = time.map(
    ({ loss, overTokenizer, overOwnCounter }) =>
      `loss \`${loss}\`: ${overTokenizer.toFixed(1)} times one count by gpt-tokenizer, ${overOwnCounter.toFixed(1)} times one by the counter of this package`,
  );
  return [
    summaryTable(result.rows, peer === undefined ? undefined : peer.peer),
    `Promises: ${broken.restoreFailures} restore failures, ${broken.prefixBreaks} prefixes that were sent in other words later, ${broken.changedElsewhere} messages changed that are no tool results, ${broken.thrown} thrown.`,
    `Time of \`optimizeMessages\` (\`optimizeOverCount\`), ${speed.join('; ')}.`,
    `### The floor\n\n${writeFloor(result.floor, options)}`,
    `### Where it saves least\n\n${writeWorst(result.measured, options)}`,
    `### Needles that do not stand in the text\n\n${writeMissing(result.measured, options)}`,
  ].join('\n\n');
}

function summaryTable(rows: readonly Summary[], peer: string | undefined): string {
  const head = [
    'kind',
    'cases',
    'tokens',
    'none',
    'saved',
    'needles in text',
    'recoverable',
    'saved',
    'needles in text',
    'obtainable',
  ];
  const peerHead = peer === undefined ? [] : ['peer', 'saved', 'needles in text'];
  const lines = rows.map((row) => {
    const { before, none, recoverable, needleCount } = row;
    const cells = [
      row.title,
      String(row.cases),
      count(before),
      count(none.after),
      saved(before, none.after),
      share(none.inText, needleCount),
      count(recoverable.after),
      saved(before, recoverable.after),
      share(recoverable.inText, needleCount),
      share(recoverable.obtainable, needleCount),
    ];
    if (peer === undefined) return cells;
    if (row.peer === undefined) return [...cells, '', '', ''];
    return [
      ...cells,
      count(row.peer.after),
      saved(before, row.peer.after),
      share(row.peer.inText, row.peer.needleCount),
    ];
  });
  const table = markdownTable([...head, ...peerHead], lines);
  return peer === undefined ? table : `${table}\n\nThe peer is ${peer}.`;
}

function writeFloor({ documentCount, heldCount, forms, broken }: Floor, { named }: SectionOptions): string {
  const table = markdownTable(
    ['plain form', 'says the same', 'none at least as small', 'says less', 'of these smaller than none'],
    forms.map(({ form, comparedCount, atLeastAsSmallCount, unfaithfulCount, smallerUnfaithfulCount }) => [
      form,
      String(comparedCount),
      `${atLeastAsSmallCount} (${share(atLeastAsSmallCount, comparedCount)})`,
      String(unfaithfulCount),
      String(smallerUnfaithfulCount),
    ]),
  );
  const lines = broken.map(
    ({ name, form, sent, plain }) => `- ${named ? name : 'a document'}: ${form} ${plain}, sent ${sent}`,
  );
  return [
    `Of ${documentCount} distinct JSON results of 20 tokens or more, ${heldCount} (${share(heldCount, documentCount)}) are sent in no more tokens than any plain form that says the same.`,
    table,
    ...(lines.length === 0 ? [] : [lines.join('\n')]),
  ].join('\n\n');
}

const WORST_COUNT = 5;

/** Per kind the cases with the smallest savings when something may be left out. A text that several questions are about counts once. */
function writeWorst(measured: readonly MeasuredCase[], { named }: SectionOptions): string {
  const rows: string[][] = [];
  for (const [kind, cases] of kindsOf(measured)) {
    const numbered = cases.map((one, index) => ({ ...one, title: named ? one.none.name : `no. ${index + 1}` }));
    const byName = new Map(numbered.map((one) => [one.none.name.replace(/#\d+$/, ''), one]));
    const worst = [...byName.values()].sort((one, other) => rest(other.recoverable) - rest(one.recoverable));
    for (const { title, none, recoverable } of worst.slice(0, WORST_COUNT)) {
      rows.push([
        kind,
        title,
        count(none.before),
        saved(none.before, none.after),
        saved(recoverable.before, recoverable.after),
      ]);
    }
  }
  return markdownTable(['kind', 'case', 'tokens', 'none saves', 'recoverable saves'], rows);
}

function rest({ before, after }: CaseFigures): number {
  return after / Math.max(1, before);
}

function writeMissing(measured: readonly MeasuredCase[], { named }: SectionOptions): string {
  const rows: string[][] = [];
  for (const [kind, cases] of kindsOf(measured)) {
    for (const [index, { none, recoverable }] of cases.entries()) {
      for (const figures of [none, recoverable]) {
        for (const { needle, isRecoverable } of figures.missing) {
          const title = named ? figures.name : `no. ${index + 1}`;
          const words = named ? `\`${needle.text.replaceAll(/[|\n]/g, ' ').slice(0, 80)}\`` : (needle.kind ?? '');
          const where = figures === none ? 'none' : 'recoverable';
          rows.push([kind, title, where, words, isRecoverable ? 'yes' : '**no**']);
        }
      }
    }
  }
  const explanation =
    'Without loss the words are there in parts, a shared beginning said once above a column; with loss the row was left out, and can be asked for.';
  if (rows.length === 0) return 'None.';
  return `${explanation}\n\n${markdownTable(['kind', 'case', 'loss', 'needle', 'obtainable'], rows)}`;
}

function kindsOf(measured: readonly MeasuredCase[]): readonly (readonly [string, readonly MeasuredCase[]])[] {
  return [...Map.groupBy(measured, ({ none }) => none.kind)].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Time per megabyte, a row per kind. */
export function writeSizes(figures: readonly SizeFigures[]): string {
  const sizes = [...new Set(figures.map(({ megabytes }) => megabytes))];
  const rows = [...Map.groupBy(figures, ({ kind }) => kind)].map(([kind, same]) => [
    kind,
    ...same.map(({ msPerMegabyte }) => `${Math.round(msPerMegabyte)} ms`),
  ]);
  return markdownTable(['kind', ...sizes.map((size) => `${size} MB`)], rows);
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function count(tokens: number): string {
  return tokens.toLocaleString('en');
}

function saved(before: number, after: number): string {
  return before === 0 ? '' : `${(100 * (1 - after / before)).toFixed(1)} %`;
}

function share(part: number, whole: number): string {
  return whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`;
}
