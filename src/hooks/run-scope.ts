import { AsyncLocalStorage } from 'node:async_hooks';

/** The run that the code being executed belongs to. */
export interface RunScope {
  readonly runId: string;
  readonly parentRunId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly agent?: string | undefined;
}

/** One for the process, so that two installed copies of the package still see each other's runs. */
const key = Symbol.for('headroom.run-scope');
const shared = globalThis as { [key]?: AsyncLocalStorage<RunScope> };
const storage = (shared[key] ??= new AsyncLocalStorage<RunScope>());

/** Runs `callback`, and all that it awaits, as part of a run. */
export function withinRun<Result>(scope: RunScope, callback: () => Result): Result {
  return storage.run(scope, callback);
}

/**
 * Makes all that follows in the asynchronous function that calls this, and all that it awaits, part of a run: for hosts
 * that call a hook where others take a callback. It has to be called before anything is awaited in between.
 */
export function enterRun(scope: RunScope): void {
  storage.enterWith(scope);
}

/** The run that this code is part of, if any. */
export function currentRun(): RunScope | undefined {
  return storage.getStore();
}
