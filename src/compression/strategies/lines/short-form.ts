import type { EncodeManner } from '../../strategy.ts';
import { sharedPrefixes } from './line-prefix.ts';
import { HOLE, mineTemplates } from './line-templates.ts';
import type { LineTemplate } from './line-templates.ts';

const HEADED =
  'Same text, written shorter. "# X": each line below begins with X. "B x y": template B, its <*> filled with x, y. After a blank: the line itself. After "=": the line itself, without X.';
const UNHEADED =
  'Same text, written shorter. "B x y": template B, its <*> filled with x, y. After a blank: the line itself.';

const HEADING = '# ';
const BARE = '=';
const PLAIN = ' ';

/**
 * Lines in short form: a legend of templates, an empty line, and then one line for each source line, with headings
 * between them. `undefined` when no template and no heading saves anything.
 */
export function toShortForm(lines: readonly string[], manner: EncodeManner): string[] | undefined {
  const prefixes = sharedPrefixes(lines, manner);
  const bodies = lines.map((line, index) => {
    if (prefixes === undefined) return line;
    const prefix = prefixes[index];
    return prefix === undefined ? undefined : line.slice(prefix.length);
  });
  const templated = mineTemplates(bodies, manner);
  if (templated.size === 0 && prefixes === undefined) return undefined;
  const keys = new Map<LineTemplate, string>();
  for (const index of lines.keys()) {
    const template = templated.get(index)?.template;
    if (template !== undefined && !keys.has(template)) keys.set(template, keyAt(keys.size));
  }
  const short = [prefixes === undefined ? UNHEADED : HEADED];
  for (const [template, key] of keys) short.push(`${key} = ${template.texts.join(HOLE)}`);
  short.push('');
  let heading: string | undefined;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const body = bodies[index];
    const prefix = prefixes?.[index];
    if (body === undefined) {
      short.push(line === '' ? '' : BARE + line);
      continue;
    }
    if (prefix !== undefined && prefix !== heading) {
      heading = prefix;
      short.push(HEADING + prefix);
    }
    const match = templated.get(index);
    if (match !== undefined) short.push([keys.get(match.template) ?? '', ...match.values].join(' '));
    else short.push(line === '' ? '' : PLAIN + body);
  }
  return short;
}

/** The lines that `toShortForm` was given. */
export function fromShortForm(short: readonly string[]): string[] {
  const templates = new Map<string, readonly string[]>();
  let index = 1;
  for (; index < short.length && short[index] !== ''; index++) {
    const entry = short[index] ?? '';
    const end = entry.indexOf(' = ');
    templates.set(entry.slice(0, end), entry.slice(end + 3).split(HOLE));
  }
  const lines: string[] = [];
  let heading = '';
  for (index++; index < short.length; index++) {
    const line = short[index] ?? '';
    if (line === '') lines.push('');
    else if (line.startsWith(HEADING)) heading = line.slice(HEADING.length);
    else if (line.startsWith(BARE)) lines.push(line.slice(1));
    else if (line.startsWith(PLAIN)) lines.push(heading + line.slice(1));
    else lines.push(heading + fill(line, templates));
  }
  return lines;
}

function fill(line: string, templates: ReadonlyMap<string, readonly string[]>): string {
  const [key = '', ...values] = line.split(' ');
  const texts = templates.get(key) ?? [];
  let filled = texts[0] ?? '';
  for (const [position, value] of values.entries()) filled += value + (texts[position + 1] ?? '');
  return filled;
}

/** `A`, `B`, ... `Z`, `AA`, `AB`, ... */
function keyAt(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : keyAt(Math.floor(index / 26) - 1) + letter;
}
