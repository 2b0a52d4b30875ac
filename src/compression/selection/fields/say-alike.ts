import { pathOf } from './example-path.ts';
import type { FailingThings } from './failing-values.ts';
import type { ShownValues } from './shown-values.ts';

/** Failures whose hidden things are counted one by one; what is left of the others is summed up. */
const MOST_COUNTED = 6;

/** `9 more like items[3].status, the last items[88].status`, for every failure that stands for hidden ones. */
export function sayAlike(failures: readonly FailingThings[], shown: ShownValues): string {
  const said: string[] = [];
  let others = 0;
  for (const { things } of failures) {
    const hidden = things.filter((thing) => shown.extentOf(thing) === 'nothing');
    const [first] = things;
    const last = hidden.at(-1);
    if (first === undefined || last === undefined) continue;
    if (said.length === MOST_COUNTED || first === hidden[0]) others += hidden.length;
    else
      said.push(`${hidden.length} more like ${pathOf(first)}, ${hidden.length > 1 ? 'the last ' : ''}${pathOf(last)}`);
  }
  if (others > 0) said.push(`${others} more that look like failures`);
  return said.join('; ');
}
