import { summarizeRows } from '../record-summary.ts';
import { leftOutPaths, nameKeys, stepInto } from './left-out-names.ts';
import { shallowColumns } from './row-leaves.ts';
import type { ShownValues } from './shown-values.ts';
import { areAlike, type Part, type Place } from './value-tree.ts';

/** Stands in an object for keys that its list has named. */
const SIGN = '<...>';
const MOST_PATHS = 60;
const LONGEST_SUMMARY = 240;
const FEWEST_SUMMARIZED = 3;
const FEWEST_INNER = 8;

/**
 * A document with what is shown of it, as JSON with signs in angle brackets where something is left out. They stand
 * outside of quotes, where JSON has no such thing, so that no data can look like them.
 */
export function writeFields(root: Part, shown: ShownValues): string {
  return write(root, { shown, named: false, depth: 0 });
}

interface Writing {
  readonly shown: ShownValues;
  /** Whether a list around has named what its rows leave out. */
  readonly named: boolean;
  readonly depth: number;
}

function write(part: Part, writing: Writing): string {
  const { shown } = writing;
  if (part.children === undefined) return shown.textOf(part);
  if (part.node.type === 'array') return `[${writeList(part, writing)}]`;
  const isMap = part.children.some(({ isRow }) => isRow);
  return `{${isMap ? writeList(part, writing) : writeMembers(part, writing)}}`;
}

function writeMembers({ children = [] }: Part, writing: Writing): string {
  const { shown, named, depth } = writing;
  const members: string[] = [];
  const missing: string[] = [];
  for (const child of children) {
    if (shown.extentOf(child) === 'said') continue;
    if (shown.extentOf(child) === 'nothing') missing.push(child.key ?? '');
    else
      members.push(`${lineBefore(child, depth)}${child.key ?? ''}:${write(child, { ...writing, depth: depth + 1 })}`);
  }
  if (missing.length > 0) members.push(named ? SIGN : `<left out: ${nameKeys(missing)}>`);
  return members.join(',');
}

/** What is large and stands near the top begins a line. */
function lineBefore(child: Part, depth: number): string {
  return depth < 2 && child.row === undefined && child.children !== undefined ? '\n' : '';
}

function writeList(list: Part, writing: Writing): string {
  const { children = [], row } = list;
  const { shown } = writing;
  const isOutermost = row === undefined && children.length > 1;
  const [item] = children;
  const named = writing.named || (isOutermost && item !== undefined && areAlike(item.place));
  const hidden = children.filter((child) => shown.extentOf(child) === 'nothing');
  const parts: string[] = [];
  if (isOutermost && item !== undefined) {
    const head = headOf(list, { item: item.place, named, shown });
    if (head !== '') parts.push(`<${head}>`);
  }
  const isMap = list.node.type === 'object';
  const between = isOutermost ? '\n' : '';
  let summary = hidden.length < (isOutermost ? FEWEST_SUMMARIZED : FEWEST_INNER) ? '' : summarize(hidden);
  let run: Part[] = [];
  const endRun = (): void => {
    const first = run[0];
    if (first === undefined) return;
    const last = run.length > 1 ? ` to [${first.index + run.length - 1}]` : '';
    const about =
      summary === '' ? '' : `${hidden.length === run.length ? '' : `; of all ${hidden.length} left out`}: ${summary}`;
    parts.push(`${between}<[${first.index}]${last} left out${about}>`);
    summary = '';
    run = [];
  };
  for (const child of children) {
    if (shown.extentOf(child) === 'nothing') {
      if (!isMap) run.push(child);
      continue;
    }
    endRun();
    const key = child.key === undefined ? '' : `${child.key}:`;
    parts.push(`${between}${key}${write(child, { ...writing, named, depth: writing.depth + 1 })}`);
  }
  endRun();
  if (isMap && hidden.length > 0) {
    const names = nameKeys(hidden.map(({ key }) => key ?? ''));
    parts.push(`${between}<left out: ${names}${summary === '' ? '' : `; of these ${summary}`}>`);
  }
  return parts.join(',');
}

function headOf(
  list: Part,
  { item, named, shown }: { readonly item: Place; readonly named: boolean; readonly shown: ShownValues },
): string {
  const count = list.children?.length ?? 0;
  const same = saidOf(list, shown);
  const paths = named ? leftOutPaths(item, shown) : [];
  const pieces = [`${count} ${list.node.type === 'array' ? 'items' : 'entries'}`];
  if (same.length > 0) pieces.push(`in all of them ${same.join(', ')}`);
  if (paths.length > 0) pieces.push(`left out where ${SIGN} stands: ${cutList(paths)}`);
  return pieces.length === 1 ? '' : pieces.join('; ');
}

function cutList(names: readonly string[]): string {
  if (names.length <= MOST_PATHS) return names.join(', ');
  return `${names.slice(0, MOST_PATHS).join(', ')} and ${names.length - MOST_PATHS} more`;
}

/** `status.phase="Running"` for what all rows say. */
function saidOf(list: Part, shown: ShownValues): readonly string[] {
  const said: string[] = [];
  const look = (part: Part, path: string): void => {
    for (const child of part.children ?? []) {
      const inner = stepInto(path, child.place.key);
      if (child.children !== undefined) look(child, inner);
      else if (shown.extentOf(child) === 'said' && !('items' in child.node) && !('keys' in child.node)) {
        said.push(`${inner}=${child.node.source}`);
      }
    }
  };
  const [first] = list.children ?? [];
  if (first !== undefined) look(first, '');
  return said;
}

function summarize(hidden: readonly Part[]): string {
  const facts = summarizeRows(shallowColumns(hidden), [...hidden.keys()]).split('; ');
  // Nothing in a sign may end it.
  const summary = facts.filter((fact) => !/[<>"]/.test(fact)).join('; ');
  return summary.length > LONGEST_SUMMARY ? '' : summary;
}
