const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const END = '…';

/**
 * Text for a Slack message: what Slack would read as markup or as a mention is escaped, and it is never longer than
 * `limit` characters after that. It is cut between characters, never within an escape.
 */
export function slackText(text: string, limit: number): string {
  let escaped = '';
  let cut = '';
  for (const character of text.toWellFormed()) {
    const next = ENTITIES[character] ?? character;
    if (escaped.length + next.length > limit) return cut + END;
    escaped += next;
    if (escaped.length + END.length <= limit) cut = escaped;
  }
  return escaped;
}
