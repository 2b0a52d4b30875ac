/** A source of numbers that are the same in every run: mulberry32, 32 bits of state. */
export interface Random {
  /** From 0 up to, and without, 1. */
  next(): number;
  /** A whole number, both bounds included. */
  integer(first: number, last: number): number;
  pick<Value>(values: readonly Value[]): Value;
  /** True once in `1 / probability` times. */
  chance(probability: number): boolean;
  /** Lower-case hex digits. */
  hex(digits: number): string;
}

/** The same seed gives the same numbers, on every machine. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (first: number, last: number): number => first + Math.floor(next() * (last - first + 1));
  return {
    next,
    integer,
    pick(values) {
      const value = values[integer(0, values.length - 1)];
      if (value === undefined) throw new Error('There is nothing to pick from.');
      return value;
    },
    chance: (probability) => next() < probability,
    hex: (digits) => Array.from({ length: digits }, () => integer(0, 15).toString(16)).join(''),
  };
}
