import { edgesOf, isWithin, type Neighbours, type RowRange } from './block-edges.ts';
import { isCommentNode, isDocstringNode, lastRowOf, nameOf } from './syntax-nodes.ts';
import {
  CLOSURES,
  FUNCTIONS,
  IMPORTS,
  LITERALS,
  NAMED_PLACES,
  PREFIXES,
  SEQUENCES,
  SIGNATURE_PARTS,
} from './syntax-types.ts';
import type { SyntaxNode } from './syntax-tree.ts';

/** Something that stands in a block, on rows of its own. */
export interface CodeItem extends RowRange {
  readonly kind: 'comment' | 'import' | 'other';
  /** What it defines, if anything. */
  readonly name: string;
  /** Blocks in it, in order, none within another. */
  readonly blocks: readonly CodeBlock[];
  /** Whether it holds an error, so that nothing is sure of where it ends. */
  readonly isBroken: boolean;
}

/** Items on the rows between those that open and close them. */
export interface CodeBlock extends RowRange {
  /** `body` says how something is done, `values` lists values, `members` is all else: classes, modules, conditions. */
  readonly role: 'body' | 'values' | 'members';
  /** Whether it is the body of a function without a name of its own. */
  readonly isClosure: boolean;
  /** What it belongs to. */
  readonly name: string;
  readonly isBroken: boolean;
  /** The text that it begins with and that only documents it. */
  readonly docstring: RowRange | undefined;
  /** Read on first use, for which the tree has to be there still. */
  readonly items: readonly CodeItem[];
}

/** Whose block is being looked for. */
interface Owner {
  readonly role: 'body' | 'members';
  readonly isClosure: boolean;
  readonly node: SyntaxNode;
}

/** Nodes that share rows. */
interface Group extends RowRange {
  readonly nodes: readonly SyntaxNode[];
}

/** Blocks are looked for no deeper than this within one item: beyond it is an expression that nobody wrote. */
const DEEPEST = 48;

/**
 * The blocks of a whole file, read from the rows of its nodes. What does not begin on a row of its own belongs to what it
 * shares its row with, so that whole rows can go.
 */
export function readBlocks(root: SyntaxNode): CodeBlock {
  const items = itemsOf(groupRows(root), { hasDocstring: root.type === 'module' });
  return {
    first: items[0]?.first ?? 0,
    last: items.at(-1)?.last ?? -1,
    role: 'members',
    isClosure: false,
    name: '',
    isBroken: root.hasError,
    docstring: undefined,
    items,
  };
}

/** The named children of a node by their rows, those before which something stands that belongs to them with that. */
function groupRows(parent: SyntaxNode): Group[] {
  const groups: { first: number; last: number; nodes: SyntaxNode[] }[] = [];
  let awaits = false;
  for (const node of parent.children) {
    if (node === null || !node.isNamed) continue;
    const first = node.startPosition.row;
    const last = lastRowOf(node);
    const before = groups.at(-1);
    if (before !== undefined && (awaits || first <= before.last || node.type === 'heredoc_body')) {
      before.last = Math.max(before.last, last);
      before.nodes.push(node);
    } else {
      groups.push({ first, last, nodes: [node] });
    }
    awaits = PREFIXES.has(node.type) || (awaits && isCommentNode(node));
  }
  return groups;
}

function itemsOf(groups: readonly Group[], { hasDocstring }: { readonly hasDocstring: boolean }): CodeItem[] {
  const items: CodeItem[] = [];
  for (const [index, group] of groups.entries()) {
    const item = itemOf(group, hasDocstring && index === 0);
    const before = items.at(-1);
    const joins = item.kind === 'comment' && before?.kind === 'comment' && item.first === before.last + 1;
    if (joins) items[items.length - 1] = { ...before, name: '', last: item.last };
    else items.push(item);
  }
  return items;
}

function itemOf({ first, last, nodes }: Group, canBeDocstring: boolean): CodeItem {
  const main = nodes.find((node) => !isCommentNode(node) && !PREFIXES.has(node.type));
  const blocks: CodeBlock[] = [];
  for (const [index, node] of nodes.entries()) {
    const owner: Owner = { role: 'members', isClosure: false, node };
    findBlocks(node, { owner, before: nodes[index - 1], after: nodes[index + 1], blocks, depth: 0 });
  }
  const isComment = main === undefined || (canBeDocstring && isDocstringNode(main));
  return {
    first,
    last,
    kind: isComment ? 'comment' : IMPORTS.has(main.type) ? 'import' : 'other',
    get name() {
      return main === undefined ? '' : nameOf(main);
    },
    blocks,
    isBroken: nodes.some((node) => node.hasError),
  };
}

interface BlockSearch extends Neighbours {
  readonly owner: Owner;
  readonly depth: number;
  /** What is found goes here. */
  readonly blocks: CodeBlock[];
}

function findBlocks(node: SyntaxNode, search: BlockSearch): void {
  const span = lastRowOf(node) - node.startPosition.row;
  if (span < 1 || search.depth > DEEPEST || isCommentNode(node) || SIGNATURE_PARTS.has(node.type)) return;
  if (SEQUENCES.has(node.type) || LITERALS.has(node.type)) {
    const block = blockOf(node, search);
    if (block !== undefined) search.blocks.push(block);
    return;
  }
  const owner = ownerOf(node, search.owner);
  const { children } = node;
  for (const [index, child] of children.entries()) {
    if (child === null || !child.isNamed) continue;
    const around = { before: children[index - 1], after: children[index + 1] };
    findBlocks(child, { ...search, ...around, owner, depth: search.depth + 1 });
  }
}

function ownerOf(node: SyntaxNode, owner: Owner): Owner {
  const { type } = node;
  if (CLOSURES.has(type)) return { role: 'body', isClosure: true, node: owner.node };
  if (NAMED_PLACES.has(type)) return { ...owner, node };
  if (!FUNCTIONS.has(type)) return owner;
  // A class behind a macro is read as a function without parameters.
  const declarator = node.childForFieldName('declarator');
  const isFunction = declarator === null || declarator.type !== 'identifier';
  return isFunction ? { role: 'body', isClosure: false, node } : owner;
}

function blockOf(node: SyntaxNode, { owner, before, after }: BlockSearch): CodeBlock | undefined {
  const first = node.firstNamedChild;
  const last = node.lastNamedChild;
  if (first === null || last === null) return undefined;
  const edges = edgesOf(node, [first, last], { before, after });
  let groups: readonly Group[] | undefined;
  const readGroups = (): readonly Group[] => {
    groups ??= groupRows(onlySequenceIn(node) ?? node).filter((group) => isWithin(group, edges));
    return groups;
  };
  let range: RowRange = { first: first.startPosition.row, last: lastRowOf(last) };
  if (!isWithin(range, edges)) {
    const [firstGroup, lastGroup] = [readGroups()[0], readGroups().at(-1)];
    if (firstGroup === undefined || lastGroup === undefined) return undefined;
    range = { first: firstGroup.first, last: lastGroup.last };
  }
  const hasDocstring = node.type === 'block' && isDocstringNode(first) && first.startPosition.row === range.first;
  let items: readonly CodeItem[] | undefined;
  return {
    ...range,
    role: LITERALS.has(node.type) ? 'values' : owner.role,
    isClosure: owner.isClosure,
    get name() {
      return nameOf(owner.node);
    },
    isBroken: node.hasError,
    docstring: hasDocstring ? { first: range.first, last: lastRowOf(first) } : undefined,
    get items() {
      return (items ??= itemsOf(readGroups(), { hasDocstring }));
    },
  };
}

/** Some grammars put a list of statements between the braces, others the statements themselves. */
function onlySequenceIn(node: SyntaxNode): SyntaxNode | undefined {
  const only = node.firstNamedChild;
  return only !== null && SEQUENCES.has(only.type) && only.id === node.lastNamedChild?.id ? only : undefined;
}
