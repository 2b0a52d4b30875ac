/** A position in a text: row and column are counted from 0, columns in UTF-16 units. */
export interface SyntaxPoint {
  readonly row: number;
  readonly column: number;
}

/** What is used of a node of web-tree-sitter. */
export interface SyntaxNode {
  readonly type: string;
  readonly isNamed: boolean;
  readonly isError: boolean;
  readonly isMissing: boolean;
  /** Whether there is an error anywhere in it. */
  readonly hasError: boolean;
  readonly startPosition: SyntaxPoint;
  readonly endPosition: SyntaxPoint;
  readonly text: string;
  /** Tells nodes of one tree apart. */
  readonly id: number;
  readonly firstChild: SyntaxNode | null;
  readonly lastChild: SyntaxNode | null;
  readonly firstNamedChild: SyntaxNode | null;
  readonly lastNamedChild: SyntaxNode | null;
  readonly children: readonly (SyntaxNode | null)[];
  childForFieldName(name: string): SyntaxNode | null;
}

/** What is used of its trees. */
export interface SyntaxTree {
  readonly rootNode: SyntaxNode;
  delete(): void;
}

/** What is used of its parser. */
export interface SyntaxParser {
  setLanguage(language: unknown): unknown;
  parse(
    read: (index: number) => string,
    oldTree: null,
    options: { readonly progressCallback: (state: { readonly hasError: boolean }) => boolean },
  ): SyntaxTree | null;
  delete(): void;
}
