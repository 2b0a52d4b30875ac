import type { Decision } from '../compression/decision.ts';
import { minifiedSource } from '../compression/json/minified-source.ts';
import { parseJson } from '../compression/json/parse-json.ts';
import { restore } from '../compression/restore.ts';
import type { RetrievalStore } from '../retrieval/store.ts';

/**
 * What came of turning a result back: `exact` character by character, `json` with other white space between the tokens of
 * JSON, `given-up` where the loss was allowed, `failed` where it should have come back and did not, `unchanged` where there
 * was nothing to turn back, `not-checked` where nobody asked.
 */
export const RESTORATIONS = ['exact', 'json', 'given-up', 'failed', 'unchanged', 'not-checked'] as const;
export type Restoration = (typeof RESTORATIONS)[number];

export interface RestoreResultRequest {
  readonly textBefore: string;
  readonly textAfter: string;
  readonly decision: Decision;
  readonly store: RetrievalStore;
}

/** Turns a rewritten result back and compares it with what it was made from. Never rejects. */
export async function restoreResult({
  textBefore,
  textAfter,
  decision,
  store,
}: RestoreResultRequest): Promise<Restoration> {
  const { rewriting } = decision;
  if (rewriting?.leftOut !== undefined && rewriting.retrievalId === undefined) return 'given-up';
  try {
    const restored = await restore(textAfter, decision, store);
    if (restored === textBefore) return 'exact';
    return parseJson(textBefore) !== undefined && minifiedSource(restored) === minifiedSource(textBefore)
      ? 'json'
      : 'failed';
  } catch {
    return 'failed';
  }
}
