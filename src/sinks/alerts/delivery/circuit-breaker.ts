/** Failures in a row after which a destination is left alone for a while. */
const FAILURES_TO_OPEN = 5;
/** For how long. */
export const OPEN_MS = 30_000;

/** Counts failures in a row. Once it is open, one attempt per `OPEN_MS` tells whether the other side is back. */
export class CircuitBreaker {
  private failuresInARow = 0;

  get failures(): number {
    return this.failuresInARow;
  }

  get isOpen(): boolean {
    return this.failuresInARow >= FAILURES_TO_OPEN;
  }

  succeed(): void {
    this.failuresInARow = 0;
  }

  /** Returns whether it opened by this. */
  fail(): boolean {
    this.failuresInARow += 1;
    return this.failuresInARow === FAILURES_TO_OPEN;
  }
}
