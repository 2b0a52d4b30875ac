/** What stands before the text of a part that was a string of a JSON document. */
export function titleOf(name: string): string {
  return `\n<${name}>:\n`;
}

/** The name that `titleOf` was given. */
export function nameInTitle(title: string): string {
  return title.slice('\n<'.length, -'>:\n'.length);
}

/** What stands behind a document that had to be closed, before what of it is broken. */
export function cutMark(closing: string): string {
  return closing === '' ? '' : '\n[the document breaks off here]';
}
