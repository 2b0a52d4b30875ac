const marker = Symbol.for('headroom.stop-error');

/**
 * What a pre hook throws to keep a run from starting. Any other error of a hook is reported as a `fault` and the run goes
 * on; this one reaches the caller of the agent. Use `HeadroomStopError.is(error)` rather than `instanceof`: it also holds
 * when two copies of the package are installed.
 */
export class HeadroomStopError extends Error {
  readonly [marker] = true;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HeadroomStopError';
  }

  static is(error: unknown): error is HeadroomStopError {
    return typeof error === 'object' && error !== null && marker in error;
  }
}
