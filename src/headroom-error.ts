const marker = Symbol.for('headroom.error');

/** What is wrong with the wiring. */
export type HeadroomErrorCode =
  | 'unknown-option'
  | 'invalid-option'
  | 'invalid-model'
  | 'missing-store'
  | 'missing-peer'
  | 'not-restorable'
  | 'invalid-snapshot'
  | 'already-started'
  | 'port-unavailable';

/**
 * A mistake in how the package was wired, thrown while wiring and never during a run. The message says what to do.
 * Use `HeadroomError.is(error)` rather than `instanceof`: it also holds when two copies of the package are installed.
 */
export class HeadroomError extends Error {
  readonly [marker] = true;
  readonly code: HeadroomErrorCode;

  constructor(code: HeadroomErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HeadroomError';
    this.code = code;
  }

  static is(error: unknown): error is HeadroomError {
    return typeof error === 'object' && error !== null && marker in error;
  }
}
