import type { ContentKind } from '../content.ts';
import { lineSpans, type TextSpan } from './text-span.ts';

/** What agents and their tools put round an output. Other elements are markup. */
const NAMES =
  'stdout|stderr|output|outputs|result|results|error|bash-stdout|bash-stderr|command-output|tool_result|tool_output|tool_response|function_result|' +
  'file|file_content|file_contents|contents|content|document|document_content|document_contents|page|page_content|source|text|log|logs|response|body';
const OPENING = new RegExp(`^\\s{0,8}<(${NAMES})(?: [^<>]{0,300})?>\\s{0,2}$`);
const OPENING_INLINE = new RegExp(`^\\s{0,8}<(${NAMES})(?: [^<>]{0,300})?>`);
const FENCE = /^\s{0,3}(`{3,10}|~{3,10})[\w+#. :/-]{0,80}\s{0,2}$/;
/** Shorter texts are read well where they stand. */
const FEWEST_CHARS = 100;
const MOST_PARTS = 60;
const LEAST_TAGGED_SHARE = 0.5;
/** A document is no wrapping when more of it stands outside of its fence. */
const LEAST_FENCED_SHARE = 0.7;
const MOST_LINES_OUTSIDE = 20;

/** The texts between `<stdout>` and `</stdout>` and the like, each of which begins a line. */
export function findTagged(text: string, kind: ContentKind): readonly TextSpan[] | undefined {
  if (!/^\s{0,8}<[a-z]/m.test(text.slice(0, 2_000))) return undefined;
  const spans: TextSpan[] = [];
  let open: { readonly name: string; readonly start: number } | undefined;
  for (const { start, end } of lineSpans(text)) {
    const line = text.slice(start, Math.min(end, start + 400));
    // An element that begins with another is a wrapping of wrappings.
    if (open === undefined || open.start === start) {
      const inline = OPENING_INLINE.exec(line);
      if (inline !== null) {
        open = { name: inline[1] ?? '', start: OPENING.test(line) ? end + 1 : start + inline[0].length };
      }
    }
    if (open === undefined) continue;
    const until = closingIn(text, open, { start, end });
    if (until === undefined) continue;
    if (until - open.start >= FEWEST_CHARS) spans.push({ start: open.start, end: until });
    open = undefined;
  }
  // Output that was cut has no end.
  if (open !== undefined && text.length - open.start >= FEWEST_CHARS) {
    spans.push({ start: open.start, end: text.length });
  }
  const size = spans.reduce((sum, { start, end }) => sum + end - start, 0);
  if (size < text.length * LEAST_TAGGED_SHARE || spans.length > MOST_PARTS) return undefined;
  // A document of elements is no wrapping, whatever they are called.
  return kind === 'xml' && spans.some(({ start, end }) => isMarkup(text, start, end)) ? undefined : spans;
}

/** Where what was opened ends, if its closing tag stands in a line, with nothing but other tags behind it. */
function closingIn(
  text: string,
  open: { readonly name: string; readonly start: number },
  { start, end }: TextSpan,
): number | undefined {
  const closing = `</${open.name}>`;
  const from = Math.max(start, open.start);
  const at = from >= end ? -1 : text.slice(Math.max(from, end - LONGEST_TAIL), end).indexOf(closing);
  if (at < 0) return undefined;
  const found = Math.max(from, end - LONGEST_TAIL) + at;
  const behind = text.slice(found + closing.length, end).trim();
  if (behind !== '' && !behind.startsWith('<')) return undefined;
  return text.slice(start, found).trim() === '' && start > open.start ? start - 1 : found;
}

/** Characters at the end of a line in which its closing tag is looked for. */
const LONGEST_TAIL = 400;

function isMarkup(text: string, start: number, end: number): boolean {
  return text
    .slice(start, Math.min(end, start + 200))
    .trimStart()
    .startsWith('<');
}

/** The one block between fences that is nearly all of a text. */
export function findFenced(text: string): readonly TextSpan[] | undefined {
  if (!text.includes('```') && !text.includes('~~~')) return undefined;
  let fence: { readonly mark: string; readonly start: number } | undefined;
  const spans: TextSpan[] = [];
  let outside = 0;
  for (const { start, end } of lineSpans(text)) {
    const mark = FENCE.exec(text.slice(start, Math.min(end, start + 120)))?.[1];
    if (fence === undefined) {
      outside++;
      if (mark !== undefined) fence = { mark, start: end + 1 };
    } else if (mark !== undefined && mark.startsWith(fence.mark) && text.slice(start, end).trim() === mark) {
      if (start > fence.start) spans.push({ start: fence.start, end: start - 1 });
      fence = undefined;
      outside++;
    }
  }
  const [only] = spans;
  if (only === undefined || spans.length > 1 || outside > MOST_LINES_OUTSIDE) return undefined;
  return only.end - only.start >= text.length * LEAST_FENCED_SHARE ? spans : undefined;
}
