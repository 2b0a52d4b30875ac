import { HeadroomError } from './headroom-error.ts';

/** Says what is wrong with a value, or `undefined` when nothing is. */
export type OptionCheck = (value: unknown) => string | undefined;

/** One row per option: its name and what its value has to be. */
export type OptionChecks<Options> = { readonly [Name in keyof Required<Options>]: OptionCheck };

/**
 * Throws a `HeadroomError` for an option that does not exist or has the wrong type; `owner` names the caller in the message.
 * An option that is `undefined` counts as left out.
 */
export function checkOptions<Options extends object>(
  owner: string,
  options: Options,
  checks: OptionChecks<Options>,
): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new HeadroomError('invalid-option', `${owner} takes an object of options, not ${describe(options)}.`);
  }
  const known = new Map<string, OptionCheck>(Object.entries(checks));
  for (const [name, value] of Object.entries(options)) {
    const check = known.get(name);
    if (check === undefined) {
      throw new HeadroomError(
        'unknown-option',
        `${owner} has no option "${name}". It knows: ${[...known.keys()].join(', ')}.`,
      );
    }
    const problem = value === undefined ? undefined : check(value);
    if (problem !== undefined) {
      throw new HeadroomError('invalid-option', `Option "${name}" of ${owner} ${problem}, not ${describe(value)}.`);
    }
  }
}

/** For what is checked where it is used. */
export const isAnything: OptionCheck = () => undefined;

export const isString: OptionCheck = (value) =>
  typeof value === 'string' && value !== '' ? undefined : 'has to be a string that is not empty';

export const isFunction: OptionCheck = (value) => (typeof value === 'function' ? undefined : 'has to be a function');

export const isBoolean: OptionCheck = (value) => (typeof value === 'boolean' ? undefined : 'has to be true or false');

export const isCount: OptionCheck = (value) =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? undefined : 'has to be a number, 0 or more';

export const isPositive: OptionCheck = (value) =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? undefined : 'has to be a number above 0';

export const isOneOf =
  (...allowed: readonly string[]): OptionCheck =>
  (value) =>
    typeof value === 'string' && allowed.includes(value) ? undefined : `has to be one of ${allowed.join(', ')}`;

/** An object that has these methods; `what` names the thing for the message. */
export const hasMethods =
  (what: string, ...methods: readonly string[]): OptionCheck =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    methods.every((method) => typeof (value as Record<string, unknown>)[method] === 'function')
      ? undefined
      : `has to be ${what}`;

function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return value === '' ? 'an empty string' : 'a string';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
