import type { Verdict } from './alert-state.ts';

/** When a value is beyond its threshold, and when it is back. The band between the two belongs to neither. */
export type Limits =
  | { readonly fires: 'above' | 'below'; readonly threshold: number; readonly resolveAt: number }
  | { readonly fires: 'reaching'; readonly threshold: number };

export function judgeValue(value: number, limits: Limits): Verdict {
  switch (limits.fires) {
    case 'above':
      if (value > limits.threshold) return 'breach';
      return value <= limits.resolveAt ? 'clear' : 'band';
    case 'below':
      if (value < limits.threshold) return 'breach';
      return value >= limits.resolveAt ? 'clear' : 'band';
    default:
      return value >= limits.threshold ? 'breach' : 'clear';
  }
}
