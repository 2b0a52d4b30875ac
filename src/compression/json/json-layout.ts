import { minifiedSource } from './minified-source.ts';

/**
 * How the white space of a JSON text is set, where serializers set it throughout: `compact`, `spaced` as Python does
 * (`{"a": 1, "b": 2}`), or a line for each entry, indented by so many spaces or by a tab. What stands before and behind
 * the document follows, each as JSON.
 */
export type JsonLayout = string;

const COMPACT = 'compact';
const SPACED = 'spaced';
const WIDEST_INDENT = 8;
/** White space around a document is told in the layout, so it has to be short. */
const LONGEST_MARGIN = 8;

/** The layout of a valid JSON text, or `undefined` when its white space follows none: then only the text itself says it. */
export function layoutOf(text: string): JsonLayout | undefined {
  const start = firstInk(text);
  const end = lastInk(text);
  if (start > LONGEST_MARGIN || text.length - end > LONGEST_MARGIN) return undefined;
  const body = text.slice(start, end);
  const minified = minifiedSource(body);
  const manner = guessLayout(body);
  if (manner === undefined || spread(minified, manner, body.length) !== body) return undefined;
  const margins = start === 0 && end === text.length ? [] : [text.slice(0, start), text.slice(end)];
  // Spaces part the words of a layout.
  return [manner, ...margins.map((margin) => JSON.stringify(margin).replaceAll(' ', '\\u0020'))].join(' ');
}

/** Whether the white space of a valid JSON text follows a layout. */
export function isLaidOut(text: string, layout: JsonLayout): boolean {
  return layOutJson(minifiedSource(text), layout, text.length) === text;
}

/**
 * Gives a minified JSON text the white space of a layout. `layOutJson(minified, layoutOf(text))` is the text. What gets
 * longer than `mostChars` is cut somewhere behind that.
 */
export function layOutJson(minified: string, layout: JsonLayout, mostChars = Infinity): string {
  const [manner = COMPACT, before, behind] = layout.split(' ');
  return margin(before) + spread(minified, manner, mostChars) + margin(behind);
}

function margin(source: string | undefined): string {
  if (source === undefined) return '';
  const value: unknown = JSON.parse(source);
  return typeof value === 'string' ? value : '';
}

/** The layout that the white space behind the first bracket or separator shows, whether the rest follows it or not. */
export function guessLayout(body: string): string | undefined {
  const indent = indentOf(body);
  if (indent !== undefined) return indent;
  let isInString = false;
  for (let at = 0; at < body.length; at++) {
    const code = body.charCodeAt(at);
    if (isInString) {
      if (code === 0x5c) at++;
      else if (code === 0x22) isInString = false;
    } else if (code === 0x22) isInString = true;
    else if (code === 0x2c || code === 0x3a) return body.charCodeAt(at + 1) === 0x20 ? SPACED : COMPACT;
  }
  return COMPACT;
}

function indentOf(body: string): string | undefined {
  const line = body.charCodeAt(1) === 0x0d ? 2 : 1;
  if (body.charCodeAt(line) !== 0x0a) return undefined;
  const lineEnd = line === 2 ? 'crlf-' : '';
  const first = body.charCodeAt(line + 1);
  if (first === 0x09) return `${lineEnd}tab`;
  let width = 0;
  while (body.charCodeAt(line + 1 + width) === 0x20 && width <= WIDEST_INDENT) width++;
  return width > WIDEST_INDENT ? undefined : `${lineEnd}${width}`;
}

function spread(minified: string, manner: string, mostChars = Infinity): string {
  if (manner === COMPACT) return minified;
  if (manner === SPACED) return punctuate(minified, mostChars, () => ({ comma: ', ', colon: ': ' }));
  const lineEnd = manner.startsWith('crlf-') ? '\r\n' : '\n';
  const width = manner.replace('crlf-', '');
  const unit = width === 'tab' ? '\t' : ' '.repeat(Number(width));
  return punctuate(minified, mostChars, (depth) => {
    const line = lineEnd + unit.repeat(depth);
    return { comma: `,${line}`, colon: ': ', line, outerLine: lineEnd + unit.repeat(Math.max(0, depth - 1)) };
  });
}

interface Spacing {
  readonly comma: string;
  readonly colon: string;
  /** Behind an opening bracket, and before a closing one, of what is not empty. */
  readonly line?: string;
  readonly outerLine?: string;
}

/** A minified text with white space at its commas, colons and brackets; cut where it gets too long to be what is looked for. */
function punctuate(minified: string, mostChars: number, spacing: (depth: number) => Spacing): string {
  let text = '';
  let from = 0;
  let depth = 0;
  let space = spacing(0);
  for (let at = 0; at < minified.length && text.length <= mostChars; at++) {
    const code = minified.charCodeAt(at);
    if (code === 0x22) at = endOfString(minified, at);
    else if (code === 0x2c || code === 0x3a) {
      text += minified.slice(from, at) + (code === 0x2c ? space.comma : space.colon);
      from = at + 1;
    } else if (code === 0x5b || code === 0x7b) {
      if (minified.charCodeAt(at + 1) === code + 2) at++;
      else {
        space = spacing(++depth);
        text += minified.slice(from, at + 1) + (space.line ?? '');
        from = at + 1;
      }
    } else if (code === 0x5d || code === 0x7d) {
      text += minified.slice(from, at) + (space.outerLine ?? '');
      space = spacing(--depth);
      from = at;
    }
  }
  return text + minified.slice(from);
}

function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json.charCodeAt(at) !== 0x22) at += json.charCodeAt(at) === 0x5c ? 2 : 1;
  return at;
}

function firstInk(text: string): number {
  let at = 0;
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

function lastInk(text: string): number {
  let at = text.length;
  while (at > 0 && isSpace(text.charCodeAt(at - 1))) at--;
  return at;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
