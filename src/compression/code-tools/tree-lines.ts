/** How a program draws the branches of a tree. All that stands before a name is made of these four. */
export interface TreeStyle {
  readonly name: string;
  /** Before the lines under an entry that has a later sibling. */
  readonly rail: string;
  /** Before the lines under an entry that is the last of its siblings. */
  readonly gap: string;
  /** Before an entry that has a later sibling, without and with entries under it. */
  readonly branch: readonly [leaf: string, parent: string];
  /** Before the last of its siblings. */
  readonly last: readonly [leaf: string, parent: string];
}

export const TREE_STYLES: readonly TreeStyle[] = [
  { name: 'tree', rail: '│   ', gap: '    ', branch: ['├── ', '├── '], last: ['└── ', '└── '] },
  {
    name: 'tree-nbsp',
    rail: '│\u00a0\u00a0 ',
    gap: '    ',
    branch: ['├── ', '├── '],
    last: ['└── ', '└── '],
  },
  { name: 'npm', rail: '│ ', gap: '  ', branch: ['├── ', '├─┬ '], last: ['└── ', '└─┬ '] },
  { name: 'yarn', rail: '│  ', gap: '   ', branch: ['├─ ', '├─ '], last: ['└─ ', '└─ '] },
  { name: 'ascii', rail: '|   ', gap: '    ', branch: ['|-- ', '|-- '], last: ['`-- ', '`-- '] },
  { name: 'maven', rail: '|  ', gap: '   ', branch: ['+- ', '+- '], last: ['\\- ', '\\- '] },
  { name: 'gradle', rail: '|    ', gap: '     ', branch: ['+--- ', '+--- '], last: ['\\--- ', '\\--- '] },
];

const DEEPEST_TREE = 100;

/** Where the name behind the branches begins, in any style; 0 for a line without branches. */
export function treeNameStart(line: string): number {
  let at = 0;
  let hasBranch = false;
  while (at < line.length && at < DEEPEST_TREE * 5 && BRANCH_SIGNS.includes(line.charAt(at))) {
    if (CORNERS.includes(line.charAt(at))) hasBranch = true;
    at++;
    if (hasBranch && line[at - 1] === ' ' && STROKES.includes(line[at - 2] ?? ' ')) return at;
  }
  return 0;
}

const BRANCH_SIGNS = '│├└─┬|`+\\- \u00a0';
const CORNERS = '├└|`+\\';
const STROKES = '─-┬';

export interface TreeRow {
  readonly depth: number;
  readonly name: string;
}

/** The rows of lines drawn in this style, or `undefined` when a line is not drawn so. */
export function readTreeRows(lines: readonly string[], style: TreeStyle): readonly TreeRow[] | undefined {
  const { rail, gap, branch, last } = style;
  const rows: TreeRow[] = [];
  for (const line of lines) {
    let at = 0;
    let depth = 0;
    while (depth < DEEPEST_TREE) {
      if (line.startsWith(rail, at)) at += rail.length;
      else if (line.startsWith(gap, at)) at += gap.length;
      else break;
      depth++;
    }
    const drawn = [...branch, ...last].find((each) => line.startsWith(each, at));
    if (drawn === undefined && at > 0) return undefined;
    const name = drawn === undefined ? line : line.slice(at + drawn.length);
    if (name.startsWith(' ')) return undefined;
    rows.push({ depth: drawn === undefined ? 0 : depth + 1, name });
  }
  return rows;
}

/** Draws the rows. */
export function drawTree(rows: readonly TreeRow[], { rail, gap, branch, last }: TreeStyle): string[] {
  const isLast = lastOfSiblings(rows);
  const drawn: string[] = [];
  const before: string[] = [''];
  for (const [index, { depth, name }] of rows.entries()) {
    if (depth === 0) {
      before.length = 1;
      drawn.push(name);
      continue;
    }
    // A row may be deeper than the one above it by more than one.
    while (before.length < depth) before.push(`${before.at(-1) ?? ''}${gap}`);
    before.length = depth;
    const parent = (rows[index + 1]?.depth ?? 0) > depth ? 1 : 0;
    drawn.push(`${before[depth - 1] ?? ''}${(isLast[index] === true ? last : branch)[parent]}${name}`);
    before.push(`${before[depth - 1] ?? ''}${isLast[index] === true ? gap : rail}`);
  }
  return drawn;
}

/** Whether no later row has the same depth before one that is less deep. Read from the end. */
function lastOfSiblings(rows: readonly TreeRow[]): readonly boolean[] {
  const isLast: boolean[] = Array.from({ length: rows.length }, () => true);
  const seen: boolean[] = [];
  for (let index = rows.length - 1; index >= 0; index--) {
    const depth = rows[index]?.depth ?? 0;
    isLast[index] = seen[depth] !== true;
    seen.length = Math.min(seen.length, depth + 1);
    seen[depth] = true;
  }
  return isLast;
}
