import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Writes a page of docs/; with `--check` it compares instead, says what to do, and makes the process fail.
 *
 * @param {URL} target
 * @param {string} page
 * @param {string} staleness What to say where the page is another.
 */
export function settlePage(target, page, staleness) {
  if (!process.argv.includes('--check')) {
    writeFileSync(target, page);
    console.log(`Wrote ${fileURLToPath(target)}`);
  } else if (readFileSync(target, 'utf8') !== page) {
    console.error(staleness);
    process.exitCode = 1;
  }
}

/** The lines of a Markdown table, as the formatter has them. @param {readonly (readonly string[])[]} lines The first is its head. */
export function table(lines) {
  const widths = lines[0].map((_, column) => Math.max(3, ...lines.map((cells) => cells[column].length)));
  const [head, ...body] = lines.map(
    (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`,
  );
  return [head, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body];
}

/** @param {string} text */
export function code(text) {
  return `\`${text}\``;
}
