import type { Span } from '@opentelemetry/api';
import { BoundedMap } from '../../bounded-map.ts';
import { HEADROOM } from './semconv.ts';
import { spanTime } from './span-time.ts';

export interface OpenSpan {
  readonly span: Span;
  /** Epoch milliseconds. */
  readonly startMs: number;
}

/**
 * Spans that were started and not ended, at most `limit`. Whatever becomes of their events, each is ended exactly once:
 * one that is pushed out, started again or left over is ended with the outcome `orphaned`.
 */
export class OpenSpans {
  readonly #spans: BoundedMap<OpenSpan>;

  constructor(limit: number) {
    this.#spans = new BoundedMap<OpenSpan>(limit, endAsOrphaned);
  }

  get(key: string): Span | undefined {
    return this.#spans.get(key)?.span;
  }

  add(key: string, open: OpenSpan): void {
    const earlier = this.#spans.take(key);
    if (earlier !== undefined) endAsOrphaned(earlier);
    this.#spans.set(key, open);
  }

  /** Ends a span as long after its start as it took. Does nothing when it is not open. */
  end(key: string, durationMs: number): void {
    const open = this.#spans.take(key);
    open?.span.end(spanTime(open.startMs + (durationMs > 0 ? durationMs : 0)));
  }

  endAllAsOrphaned(): void {
    for (const open of this.#spans.takeAll()) endAsOrphaned(open);
  }
}

function endAsOrphaned({ span }: OpenSpan): void {
  span.setAttribute(HEADROOM.outcome, 'orphaned');
  span.end();
}
