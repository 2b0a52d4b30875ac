import { contentId } from '../../compression/content-id.ts';

const MOST_FAILED_BODIES = 1_000;

/**
 * Requests whose last attempt failed: clients retry with the same body, and its savings are already counted. Remembers
 * hashes, not bodies, and the newest thousand of them.
 */
export class FailedBodies {
  readonly #ids = new Set<string>();

  add(body: string): void {
    this.#ids.add(contentId(body));
    const oldest = this.#ids.size > MOST_FAILED_BODIES ? this.#ids.values().next().value : undefined;
    if (oldest !== undefined) this.#ids.delete(oldest);
  }

  /** Whether the last attempt with this body failed; it is then forgotten. */
  take(body: string): boolean {
    return this.#ids.size > 0 && this.#ids.delete(contentId(body));
  }
}
