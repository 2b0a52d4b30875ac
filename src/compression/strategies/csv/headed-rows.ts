import { sharedPrefixes } from '../lines/line-prefix.ts';

const HEADING = '# ';
const BARE = '=';

/**
 * Rows below headings that say what they all begin with, `undefined` when that saves nothing. A line that stands under
 * no heading, or that would look like one, begins with `=`.
 */
export function headRows(lines: readonly string[]): readonly string[] | undefined {
  const prefixes = sharedPrefixes(lines, { keepsValuesWhole: false });
  if (prefixes === undefined) return undefined;
  const headed: string[] = [];
  let heading: string | undefined;
  for (const [index, line] of lines.entries()) {
    const prefix = prefixes[index];
    const rest = prefix === undefined ? line : line.slice(prefix.length);
    if (prefix === undefined || prefix.includes('\r') || rest.startsWith(HEADING) || rest.startsWith(BARE)) {
      headed.push(BARE + line);
      continue;
    }
    if (prefix !== heading) {
      heading = prefix;
      headed.push(HEADING + prefix);
    }
    headed.push(rest);
  }
  return headed;
}

/** The lines that `headRows` was given. */
export function unheadRows(headed: readonly string[]): readonly string[] {
  const lines: string[] = [];
  let heading = '';
  for (const line of headed) {
    if (line.startsWith(HEADING)) heading = line.slice(HEADING.length);
    else if (line.startsWith(BARE)) lines.push(line.slice(BARE.length));
    else lines.push(heading + line);
  }
  return lines;
}
