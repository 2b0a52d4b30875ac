/** Whether a text holds a needle: word by word, with its quotes escaped as JSON or CSV does, or over a line break. */
export function holds(text: string, needle: string): boolean {
  const spellings = spellingsOf(needle);
  if (spellings.some((spelling) => text.includes(spelling))) return true;
  const squashed = squash(text);
  return spellings.some((spelling) => squashed.includes(squash(spelling)));
}

function spellingsOf(needle: string): readonly string[] {
  return [
    needle,
    JSON.stringify(needle).slice(1, -1),
    needle.replaceAll('"', '""'),
    needle.replaceAll('\\"', '"'),
    unescaped(needle),
  ].filter((spelling) => spelling !== '');
}

function unescaped(needle: string): string {
  try {
    return String(JSON.parse(`"${needle}"`));
  } catch {
    return '';
  }
}

function squash(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
