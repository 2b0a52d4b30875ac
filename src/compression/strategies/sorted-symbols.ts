import type { SearchContent } from '../content.ts';
import type { Encoded, EncodingForm, Strategy } from '../strategy.ts';
import { sharedDirectory } from './grouped-hits.ts';

const FEWEST_SYMBOLS = 10;
const LEAST_SYMBOLS_PER_FILE = 3;

/**
 * An index of symbols that is sorted by name, put under its files: the path, then the lines without it, a blank line
 * before the next path. Sorting gives the source's order back, so it decodes character by character.
 */
export const sortedSymbols: Strategy<'search'> = { name: 'sorted-symbols', kinds: ['search'], encode, decode };

function encode({ lines: source, found, text }: SearchContent): Encoded | undefined {
  const endsWithNewline = source.at(-1) === '';
  const lines = endsWithNewline ? source.slice(0, -1) : source;
  const hole = HOLES.find((sign) => !text.includes(sign));
  if (lines.length < FEWEST_SYMBOLS || hole === undefined) return undefined;
  const files = new Map<string, string[]>();
  let before: string | undefined;
  for (const [index, line] of lines.entries()) {
    const { role, path, contentStart } = found[index] ?? {};
    const at = path === undefined ? -1 : line.indexOf(path);
    if (role !== 'hit' || path === undefined || contentStart !== 0 || at <= 0) return undefined;
    if (before !== undefined && before > line) return undefined;
    before = line;
    const short = line.slice(0, at) + hole + line.slice(at + path.length);
    const group = files.get(path);
    if (group === undefined) files.set(path, [short]);
    else group.push(short);
  }
  if (lines.length < files.size * LEAST_SYMBOLS_PER_FILE) return undefined;
  const prefix = files.size > 2 ? sharedDirectory([...files.keys()]) : '';
  const written: string[] = prefix === '' ? [] : [`(files under ${prefix})`, ''];
  for (const [path, group] of files) written.push(path.slice(prefix.length), ...group, '');
  written.pop();
  return { text: written.join('\n'), form: { hole, prefix: prefix.length, endsWithNewline } };
}

/** One that the text does not hold stands where the path stood. */
const HOLES = ['~', '@', '%', '^'] as const;

function decode(text: string, form: EncodingForm | undefined): string {
  const hole = String(form?.['hole']);
  const length = Number(form?.['prefix'] ?? 0);
  const start = '(files under '.length;
  const prefix = length === 0 ? '' : text.slice(start, start + length);
  const blocks = text.split('\n\n').slice(length === 0 ? 0 : 1);
  const lines = blocks.flatMap((block) => {
    const [path = '', ...group] = block.split('\n');
    return group.map((line) => line.replace(hole, () => prefix + path));
  });
  lines.sort(byCodeUnits);
  return lines.join('\n') + (form?.['endsWithNewline'] === true ? '\n' : '');
}

function byCodeUnits(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
