import type { EnvelopeContent } from '../content.ts';
import { encodeInner } from '../envelopes/inner-text.ts';
import { InnerTexts } from '../envelopes/inner-texts.ts';
import { partId } from '../envelopes/part-id.ts';
import { cutMark, titleOf } from '../envelopes/part-title.ts';
import { type Repertoire, selectWithin } from '../judge.ts';
import { outerStrategies } from '../strategies/opened-envelope.ts';
import type { Selected, SelectionRequest, SelectionStrategy, SourceRange } from '../strategy.ts';

/** Of the budget the parts get at least this, whatever stands round them. */
const LEAST_SHARE = 0.5;
/** What each part may take, however many share the budget. */
const LEAST_PART_TOKENS = 120;

/**
 * Leaves something out of the texts that a text carries, each as its own kind is left out of, with a share of the budget.
 * What stands round them stays whole. The notice of a part names the part, in whose lines or rows it counts.
 */
export function envelopeParts(inner: Repertoire): SelectionStrategy<'envelope'> {
  return {
    name: 'envelope-parts',
    kinds: ['envelope'],
    select: (content: EnvelopeContent, request) => select(content, request, inner),
  };
}

interface ShownPart {
  readonly text: string;
  readonly isWhole: boolean;
}

function select(
  { text, envelope }: EnvelopeContent,
  request: SelectionRequest,
  inner: Repertoire,
): Selected | undefined {
  if (envelope.frame === 'strings') return undefined;
  const manner = mannerOf(request);
  let shown: readonly ShownPart[];
  let written: string;
  if (envelope.frame === 'fields') {
    const outer = encodeInner(envelope.outer, outerStrategies(inner.strategies), manner).text;
    shown = showParts(envelope.parts, { aroundTokens: request.count(outer), request, inner });
    written = outer + envelope.parts.map(({ name }, index) => titleOf(name) + (shown[index]?.text ?? '')).join('');
  } else {
    const pieces: string[] = [];
    let at = 0;
    for (const { start, end } of envelope.parts) {
      pieces.push(text.slice(at, start));
      at = end;
    }
    shown = showParts(envelope.parts, {
      aroundTokens: request.count(pieces.join('') + text.slice(at)),
      request,
      inner,
    });
    const marks = envelope.parts.map(({ closing }) => cutMark(closing));
    written =
      pieces.map((piece, index) => piece + (shown[index]?.text ?? '') + (marks[index] ?? '')).join('') + text.slice(at);
  }
  const leftOut = shown.flatMap(({ isWhole }, index): SourceRange[] =>
    isWhole ? [] : [{ first: index + 1, last: index + 1 }],
  );
  if (leftOut.length === 0) return undefined;
  return { text: written, unit: 'parts', total: envelope.parts.length, leftOut };
}

interface Sharing {
  /** What stands round the parts. */
  readonly aroundTokens: number;
  readonly request: SelectionRequest;
  readonly inner: Repertoire;
}

function showParts(
  parts: readonly { readonly name: string; readonly text: string }[],
  { aroundTokens, request, inner }: Sharing,
): readonly ShownPart[] {
  const { budgetTokens, retrievalId } = request;
  const manner = mannerOf(request);
  const context = { ...manner, repertoire: inner };
  const whole = parts.map(({ text }) => encodeInner(text, inner.strategies, manner));
  const shares = shareOut(
    whole.map(({ tokens }) => tokens),
    Math.max(budgetTokens - aroundTokens, budgetTokens * LEAST_SHARE),
  );
  return parts.map(({ name, text }, index) => {
    const best = whole[index] ?? { text, tokens: Infinity };
    const share = Math.max(LEAST_PART_TOKENS, shares[index] ?? 0);
    const id = retrievalId === undefined ? undefined : partId(retrievalId, name);
    const selected =
      best.tokens <= share
        ? undefined
        : selectWithin(
            manner.inner.read(text),
            best,
            { ...request, inner: manner.inner, budgetTokens: share, retrievalId: id },
            context,
          );
    return selected === undefined ? { text: best.text, isWhole: true } : { text: selected.text, isWhole: false };
  });
}

function mannerOf({ count, onFault = () => {}, inner = new InnerTexts() }: SelectionRequest) {
  return { keepsValuesWhole: true, count, onFault, inner };
}

/** Small ones get what they need, and large ones share the rest alike. */
function shareOut(sizes: readonly number[], total: number): readonly number[] {
  const shares = sizes.map(() => 0);
  let left = total;
  const ascending = [...sizes.keys()].sort((one, other) => (sizes[one] ?? 0) - (sizes[other] ?? 0));
  for (const [rank, index] of ascending.entries()) {
    const share = Math.min(sizes[index] ?? 0, left / (sizes.length - rank));
    shares[index] = share;
    left -= share;
  }
  return shares;
}
