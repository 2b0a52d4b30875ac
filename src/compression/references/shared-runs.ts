import { estimateTokens } from '../strategies/lines/estimate-tokens.ts';

/** Lines of a text that stand in another one after another too. Indexes from 0. */
export interface SharedRun {
  readonly first: number;
  readonly firstThere: number;
  readonly length: number;
}

export interface SharedRunsRequest {
  /** For each line the index of its equal in the other text, or -1. */
  readonly matches: Int32Array;
  /** A run is shown again where that costs no more than this. */
  readonly costTokens: number;
  /** Whether a line of a run goes on where the one before it was, besides standing behind it on both sides. */
  readonly continues?: (index: number, there: number) => boolean;
}

/** The runs of lines that cost more than to say where they stand. */
export function findSharedRuns(lines: readonly string[], request: SharedRunsRequest): readonly SharedRun[] {
  const { matches, costTokens, continues = () => true } = request;
  const runs: SharedRun[] = [];
  for (let index = 0; index < matches.length;) {
    const first = index;
    const firstThere = matches[first] ?? -1;
    index++;
    if (firstThere < 0) continue;
    while (index < matches.length && matches[index] === firstThere + index - first) {
      if (!continues(index, firstThere + index - first)) break;
      index++;
    }
    if (costsMore(lines, { first, end: index }, costTokens)) runs.push({ first, firstThere, length: index - first });
  }
  return runs;
}

function costsMore(
  lines: readonly string[],
  { first, end }: { readonly first: number; readonly end: number },
  costTokens: number,
): boolean {
  let tokens = 0;
  for (let index = first; index < end && tokens <= costTokens; index++)
    tokens += estimateTokens(lines[index] ?? '') + 1;
  return tokens > costTokens;
}
