import { pathStep } from '../../json/json-path.ts';
import type { ShownValues } from './shown-values.ts';
import type { Part } from './value-tree.ts';

/** The path of the largest thing of which nothing is shown, as `headroom_retrieve` takes it: `items[3].status`. */
export function exampleOf(root: Part, shown: ShownValues): string | undefined {
  let largest: Part | undefined;
  const look = (part: Part): void => {
    const isHidden =
      part.children === undefined ? shown.extentOf(part) !== 'whole' : shown.extentOf(part) === 'nothing';
    if (isHidden && (largest === undefined || part.tokens > largest.tokens)) largest = part;
    if (!isHidden) for (const child of part.children ?? []) look(child);
  };
  look(root);
  return largest === undefined ? undefined : pathOf(largest);
}

export function pathOf(part: Part): string {
  const before = part.parent === undefined ? '' : pathOf(part.parent);
  if (part.parent === undefined) return before;
  return pathStep(before, part.key ?? part.index);
}
