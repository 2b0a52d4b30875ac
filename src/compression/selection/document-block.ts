/** A piece of a document that is kept or left out: a heading, a paragraph, an item of a list, a row, a listing. */
export interface DocumentBlock {
  readonly kind: 'heading' | 'paragraph' | 'item' | 'row' | 'code';
  /** Of a heading 1 for the highest; 0 for all else. */
  readonly level: number;
  /** As it is shown: Markdown, of one line or more. */
  readonly text: string;
  /** Lines of the source, counted from 1, first and last included. */
  readonly first: number;
  readonly last: number;
  /** Stands beside the content: navigation, a footer, a form. */
  readonly isAside: boolean;
}
