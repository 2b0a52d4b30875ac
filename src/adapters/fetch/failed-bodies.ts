import { BoundedMap } from '../../bounded-map.ts';
import { contentId } from '../../compression/content-id.ts';

const MOST_FAILED_BODIES = 1_000;

/**
 * Requests whose last attempt failed: clients retry with the same body, and its savings are already counted. Remembers
 * hashes, not bodies, and the newest thousand of them.
 */
export class FailedBodies {
  readonly #ids = new BoundedMap<true>(MOST_FAILED_BODIES);

  add(body: string): void {
    this.#ids.set(contentId(body), true);
  }

  /** Whether the last attempt with this body failed; it is then forgotten. */
  take(body: string): boolean {
    return this.#ids.size > 0 && this.#ids.take(contentId(body)) === true;
  }
}
