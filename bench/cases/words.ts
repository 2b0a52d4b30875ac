import { createRandom, type Random } from '../../examples/demo/incident/random.ts';

export { createRandom, type Random };

export const SERVICES = ['checkout', 'payments', 'cart', 'inventory', 'search', 'shipping', 'accounts'] as const;
export const COUNTRIES = ['DE', 'FR', 'PL', 'NL', 'ES', 'IT', 'AT', 'SE'] as const;
export const FIRST_NAMES = [
  'Ada',
  'Bela',
  'Chidi',
  'Dana',
  'Emeka',
  'Fatima',
  'Greta',
  'Hugo',
  'Ines',
  'Jonas',
] as const;
export const LAST_NAMES = [
  'Okafor',
  'Lindqvist',
  'Moreau',
  'Nowak',
  'Santos',
  'Keller',
  'Haddad',
  'Ito',
  'Brandt',
] as const;
export const NOUNS = [
  'order',
  'invoice',
  'basket',
  'parcel',
  'refund',
  'session',
  'voucher',
  'address',
  'price',
] as const;
export const VERBS = ['loads', 'stores', 'checks', 'merges', 'sends', 'expires', 'signs', 'prints', 'counts'] as const;

/** A moment in ISO 8601, so many milliseconds after the beginning of the day on which everything here happens. */
export function timeAt(milliseconds: number): string {
  return new Date(Date.UTC(2026, 2, 12) + milliseconds).toISOString();
}

export function times<Item>(count: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_item, index) => make(index));
}

/** A sentence of nouns and verbs that means nothing. */
export function sentence(random: Random): string {
  const text = times(
    random.integer(2, 4),
    () => `the ${random.pick(NOUNS)} ${random.pick(VERBS)} the ${random.pick(NOUNS)}`,
  );
  return `${text.join(', and ')}.`.replace('t', 'T');
}
