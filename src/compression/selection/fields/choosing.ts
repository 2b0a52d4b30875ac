import type { Asked } from './asked-values.ts';
import type { FailingThings } from './failing-values.ts';
import type { KeptValues } from './kept-values.ts';
import type { PlaceWeight } from './key-weights.ts';
import type { Part, Place, ValueTree } from './value-tree.ts';
import type { Group } from './value-groups.ts';

/** All that can be known before it is known how much may be said. */
export interface Prepared {
  readonly tree: ValueTree;
  readonly weights: ReadonlyMap<Place, PlaceWeight>;
  readonly constants: ReadonlySet<Place>;
  readonly asked: Asked;
  readonly failures: readonly FailingThings[];
  /** The first of each category that few rows have. */
  readonly rare: readonly Part[];
  /** Places row class by row class, those that tell most for their length first. */
  readonly groups: readonly Group[];
}

/** What is being chosen, so far. */
export interface Choosing extends Prepared {
  readonly kept: KeptValues;
  /** In estimated tokens. */
  readonly budgetTokens: number;
}

/** A value beside one that failed or answers is shown with it up to so many tokens. */
export const BESIDE_TOKENS = 60;
const MOST_BESIDE = 14;

/** An object's own values, but for those that are spare. */
export function keepThing(thing: Part, allowedTokens: number, { kept, weights }: Choosing): void {
  if (thing.children === undefined) {
    kept.keep(thing, allowedTokens);
    return;
  }
  let beside = 0;
  for (const child of thing.children) {
    if (child.children !== undefined) continue;
    const place = weights.get(child.place);
    const isMessage = place?.sort === 'message' || place?.sort === 'state';
    if (!isMessage && (place?.sort === 'spare' || child.tokens > BESIDE_TOKENS || beside >= MOST_BESIDE)) continue;
    beside++;
    kept.keep(child, isMessage ? allowedTokens : BESIDE_TOKENS);
  }
}

/** Whether something is one of the rows, or stands in one. */
export function isInAny(part: Part, rows: ReadonlySet<Part>): boolean {
  for (let at: Part | undefined = part; at !== undefined; at = at.parent) if (rows.has(at)) return true;
  return false;
}
