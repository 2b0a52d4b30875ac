import { BoundedMap } from '../../bounded-map.ts';

/**
 * The tools that each run has open, of at most `limit` runs. A run that starts, or a model call that is made, while its
 * run has one tool open is that tool's doing: a loop of model and tools waits for its tools before it goes on. While
 * several are open, nothing tells which.
 */
export class OpenTools {
  readonly #runs: BoundedMap<Set<string>>;

  constructor(limit: number) {
    this.#runs = new BoundedMap(limit);
  }

  start(runId: string | undefined, key: string): void {
    if (runId === undefined) return;
    const tools = this.#runs.get(runId) ?? new Set<string>();
    tools.add(key);
    this.#runs.set(runId, tools);
  }

  end(runId: string | undefined, key: string): void {
    const tools = runId === undefined ? undefined : this.#runs.get(runId);
    if (runId === undefined || tools === undefined) return;
    tools.delete(key);
    if (tools.size === 0) this.#runs.take(runId);
  }

  /** The tool that is open, when it is the only one. */
  onlyOneOf(runId: string): string | undefined {
    const tools = this.#runs.get(runId);
    if (tools?.size !== 1) return undefined;
    const [only] = tools;
    return only;
  }

  forget(runId: string): void {
    this.#runs.take(runId);
  }
}
