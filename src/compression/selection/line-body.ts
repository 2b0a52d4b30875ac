/** Of a longer line the head alone is looked for what stands before its message. */
const LONGEST_HEAD = 300;

/**
 * What a line says, without what a terminal or the collector of a log put before it: colours, a time, the name of a
 * container or of a package manager. Blanks before the message stay.
 */
export function lineBody(line: string): string {
  const plain = withoutEscapes(line);
  const head = plain.slice(0, LONGEST_HEAD);
  const collector = COLLECTOR.exec(head);
  return collector === null ? plain : plain.slice(collector[0].length);
}

/** `2024-05-01T10:00:00.123Z `, `web-1  | `, `gyp ERR! stack `, `npm verbose stack `. */
const COLLECTOR =
  /^(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[\d.,:+Z-]{0,20} (?:\d\d[OE]\+? )?|\[?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\]? |[a-z][\w.-]{0,40} {0,20}\| |(?:gyp|npm) (?:ERR!|verb|verbose|error|info|warn) (?:stack )?)/;

/** Without the colours and cursor moves of a terminal: `\x1b[31m`. */
export function withoutEscapes(line: string): string {
  // oxlint-disable-next-line no-control-regex
  return line.includes('\u001b') ? line.replace(/\u001b\[[\d;]*[A-Za-z]/g, '') : line;
}

/** How many blanks a line begins with; 0 for one of blanks alone. */
export function indentOf(body: string): number {
  const indent = body.search(/\S/);
  return indent < 0 ? 0 : indent;
}
