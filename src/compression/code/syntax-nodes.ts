import { NAME_FIELDS, NAMES, WRAPPERS } from './syntax-types.ts';
import type { SyntaxNode } from './syntax-tree.ts';

/** The last row that a node has something on: some end with the line feed before the row that they end on. */
export function lastRowOf({ startPosition, endPosition }: SyntaxNode): number {
  return endPosition.column === 0 && endPosition.row > startPosition.row ? endPosition.row - 1 : endPosition.row;
}

export function isCommentNode({ type }: SyntaxNode): boolean {
  return type === 'comment' || type === 'line_comment' || type === 'block_comment' || type === 'html_comment';
}

/** A text that stands as a statement, as Python documents things. */
export function isDocstringNode(node: SyntaxNode): boolean {
  return (
    node.type === 'expression_statement' &&
    node.firstChild?.type === 'string' &&
    node.firstChild.id === node.lastChild?.id
  );
}

/** Most errors that are counted. */
const MOST_ERRORS = 1_000;

/** How many errors there are in a tree: nodes that are one, or that the parser had to make up. */
export function countErrors(root: SyntaxNode): number {
  let count = 0;
  const open: SyntaxNode[] = [root];
  for (let node = open.pop(); node !== undefined && count < MOST_ERRORS; node = open.pop()) {
    if (node.isError || node.isMissing) count++;
    if (!node.hasError) continue;
    for (const child of node.children) if (child !== null && (child.hasError || child.isMissing)) open.push(child);
  }
  return count;
}

const CLOSERS: ReadonlyMap<string, string> = new Map([
  ['{', '}'],
  ['(', ')'],
  ['[', ']'],
]);
const MOST_CLOSERS = 60;

/** What closes the brackets that are open at the end of a text that breaks off, the innermost first. */
export function closersOf(root: SyntaxNode): readonly string[] {
  const open: string[] = [];
  const visit = (node: SyntaxNode): void => {
    for (const child of node.children) {
      if (child === null) continue;
      if (child.isError && open.length < MOST_CLOSERS) visit(child);
      else if (CLOSERS.has(child.type)) open.push(child.type);
      else if (CLOSERS.get(open.at(-1) ?? '') === child.type) open.pop();
    }
  };
  for (const node of root.isError ? [root] : root.children.filter((child) => child?.isError === true)) {
    if (node !== null) visit(node);
  }
  return open.reverse().map((bracket) => CLOSERS.get(bracket) ?? '');
}

const DEEPEST_NAME = 10;
const LONGEST_NAME = 80;

/** What a node defines: the name of a function, of a type, of the first of its variables. Empty when it defines nothing. */
export function nameOf(node: SyntaxNode): string {
  let named = node;
  let isName = false;
  for (let depth = 0; depth < DEEPEST_NAME; depth++) {
    const next = nextToName(named);
    if (next === undefined) break;
    ({ node: named, isName } = next);
  }
  if (!isName) return '';
  const { text } = named;
  return text.length > LONGEST_NAME || text.includes('\n') ? '' : text;
}

function nextToName(node: SyntaxNode): { readonly node: SyntaxNode; readonly isName: boolean } | undefined {
  if (WRAPPERS.has(node.type)) {
    const inner = node.children.findLast((child) => child !== null && child.isNamed && !isCommentNode(child));
    return inner === undefined || inner === null ? undefined : { node: inner, isName: false };
  }
  for (const field of NAME_FIELDS) {
    const child = node.childForFieldName(field);
    if (child !== null) return { node: child, isName: true };
  }
  const word = node.children.find((child) => child !== null && NAMES.has(child.type));
  return word === undefined || word === null ? undefined : { node: word, isName: true };
}
