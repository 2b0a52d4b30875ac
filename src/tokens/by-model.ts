import type { OptionCheck } from '../check-options.ts';
import { matchesPieces } from '../matches-glob.ts';

/** A value for each model: by its name, or by a pattern in which `*` stands for any text. */
export type ByModel<Value> = Readonly<Record<string, Value>>;

/** Models whose value is remembered. */
const REMEMBERED = 1_000;

/**
 * Finds the value of a model: the one under its name, else the one whose pattern says most about it, which is the one
 * with the most letters. Their order says nothing.
 */
export function matchModel<Value>(byModel: ByModel<Value>): (model: string) => Value | undefined {
  const entries = Object.entries(byModel);
  const exact = new Map(entries.filter(([name]) => !name.includes('*')));
  const patterns = entries
    .filter(([name]) => name.includes('*'))
    .map(([name, value]) => ({ pieces: name.split('*'), letters: name.replaceAll('*', '').length, value }))
    .toSorted((one, other) => other.letters - one.letters);
  const known = new Map<string, Value | undefined>();
  return (model) => {
    const plain = exact.get(model);
    if (plain !== undefined) return plain;
    if (known.has(model)) return known.get(model);
    const value = patterns.find(({ pieces }) => matchesPieces(model, pieces))?.value;
    if (known.size < REMEMBERED) known.set(model, value);
    return value;
  };
}

/** Checks an option that holds a value for each model. */
export const isByModel =
  (what: string, isValue: (value: unknown) => boolean): OptionCheck =>
  (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isValue)
      ? undefined
      : `has to map models to ${what}`;
