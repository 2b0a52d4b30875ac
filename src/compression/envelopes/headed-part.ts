import type { ContentKind } from '../content.ts';
import { lineSpans, type TextSpan } from './text-span.ts';

const MOST_HEAD_LINES = 60;
/** Of the text the head takes no more than this. */
const MOST_HEAD_SHARE = 0.4;
const STATUS = /^HTTP\/\d(?:\.\d)? \d{3}\b/;
const FIELD = /^[A-Za-z][\w-]{0,60}:(?: |\s?$)/;
/** Where what a command wrote begins, after what is said of the command. */
const OUTPUT =
  /^(?:#{1,4} )?(?:\*\*)?(?:(?:code|command|standard|error|tool|raw|full|console|script|program) )?(?:output|stdout|stderr|results?|response|body|content|logs?)(?: \([^)]{1,60}\))?:(?:\*\*)?\s?$/i;
/** These may be followed by the first line of it. */
const OUTPUT_INLINE = /^(?:Output|Stdout|STDOUT|Stderr|STDERR): (?=\S)/;
const MOST_OUTPUTS = 6;
/** What is said of a command behind its output. */
const TRAILER =
  /^(?:\[?\(?(?:exit|exit[ _]?code|exit[ _]?status|return ?code|status|error|signal|command exited|process (?:exited|finished)|took|elapsed|duration|wall time|background pids|process group pgid|error)\b.{0,160}|\[.{1,200}\]|<\/?[a-z_-]{1,40}>|```|\s*)$/i;
const MOST_TRAILER_LINES = 6;

/** The body of an HTTP response, or of a document behind its front matter, unless it is one to be read whole. */
export function findBody(text: string, kind: ContentKind): readonly TextSpan[] | undefined {
  const spans = lineSpans(text.slice(0, 20_000));
  const [first] = spans;
  const opening = first === undefined ? '' : text.slice(first.start, first.end).trimEnd();
  const isFront = opening === '---' || opening === '+++';
  if (isFront ? kind === 'markdown' : !STATUS.test(opening)) return undefined;
  for (const [index, { start, end }] of spans.slice(1, MOST_HEAD_LINES).entries()) {
    const line = text.slice(start, end).trimEnd();
    if (isFront ? line === opening : line === '') {
      // A redirect or a proxy answers first: their heads follow one another.
      const next = text.slice(end + 1, end + 20);
      if (!isFront && STATUS.test(next)) continue;
      return bodyFrom(text, end + 1);
    }
    if (!isFront && !FIELD.test(line) && !STATUS.test(line) && spans[index] !== undefined) return undefined;
  }
  return undefined;
}

/** What stands under `Output:` and the like, behind which a few lines may tell how the command ended. */
export function findOutputs(text: string): readonly TextSpan[] | undefined {
  if (!OUTPUT_ANYWHERE.test(text.slice(0, 4_000))) return undefined;
  const spans = lineSpans(text);
  const at: number[] = [];
  const inlineAt = new Map<number, number>();
  for (const [index, { start, end }] of spans.entries()) {
    const inline = OUTPUT_INLINE.exec(text.slice(start, Math.min(end, start + 20)))?.[0].length;
    if (inline !== undefined) inlineAt.set(index, start + inline);
    if (inline !== undefined || (end - start <= 120 && OUTPUT.test(text.slice(start, end)))) at.push(index);
  }
  const [first] = at;
  if (first === undefined || first > MOST_HEAD_LINES || at.length > MOST_OUTPUTS) return undefined;
  const parts = at.flatMap((line, place) => {
    const next = at[place + 1];
    const until = withoutTrailer(text, spans, {
      first: line + 1,
      next: next ?? spans.length,
      isLast: next === undefined,
    });
    const start = inlineAt.get(line) ?? spans[line + 1]?.start;
    const end = spans[until - 1]?.end;
    return start === undefined || end === undefined || end <= start ? [] : [{ start, end }];
  });
  const size = parts.reduce((sum, { start, end }) => sum + end - start, 0);
  return size >= text.length * (1 - MOST_HEAD_SHARE) ? parts : undefined;
}

const OUTPUT_ANYWHERE = /^.{0,30}(?:output|stdout|stderr|result|response|body|content|log)[^\n:]{0,64}:/im;

/**
 * Where a text could part from a few lines of head: behind each of the first lines that is blank or ends in a colon, and
 * behind the first line. The tail of a few lines is parted off too, if it tells how a command ended.
 */
export function possibleBodies(text: string): readonly TextSpan[] {
  const spans = lineSpans(text);
  const until = withoutTrailer(text, spans, { first: 1, next: spans.length, isLast: true });
  const end = spans[until - 1]?.end ?? text.length;
  const bodies: TextSpan[] = [];
  for (const [index, span] of spans.slice(0, MOST_TRIED_LINES).entries()) {
    const line = text.slice(span.start, Math.min(span.end, span.start + 300)).trimEnd();
    const next = spans[index + 1];
    if (next === undefined || (index > 0 && line !== '' && !line.endsWith(':'))) continue;
    if (next.start < end && next.start <= text.length * MOST_HEAD_SHARE) bodies.push({ start: next.start, end });
  }
  return bodies.slice(0, MOST_BODIES_TRIED);
}

const MOST_TRIED_LINES = 12;
const MOST_BODIES_TRIED = 2;

interface Lines {
  readonly first: number;
  /** The line behind the last one. */
  readonly next: number;
  /** Whether no part follows; between parts there may be any number of blank lines and ends. */
  readonly isLast: boolean;
}

/** The line behind the last one that does not tell how a command ended. */
function withoutTrailer(text: string, spans: readonly TextSpan[], { first, next, isLast }: Lines): number {
  const least = isLast ? Math.max(first, next - MOST_TRAILER_LINES) : first;
  let until = next;
  while (until > least && isTrailer(text, spans[until - 1])) until--;
  return until;
}

function isTrailer(text: string, span: TextSpan | undefined): boolean {
  return span !== undefined && span.end - span.start <= 240 && TRAILER.test(text.slice(span.start, span.end));
}

function bodyFrom(text: string, start: number): readonly TextSpan[] | undefined {
  return text.length - start >= text.length * (1 - MOST_HEAD_SHARE) && start < text.length
    ? [{ start, end: text.length }]
    : undefined;
}
