/** Where a text can be cut at or before `end` without parting the halves of a surrogate pair. */
export function wholeEnd(text: string, end: number): number {
  const last = text.charCodeAt(end - 1);
  return end < text.length && last >= 0xd800 && last <= 0xdbff ? end - 1 : end;
}
