import type { HeadroomEvents, Unsubscribe } from './bus.ts';

/** Something that listens: metrics, spans, alerts, a console line. */
export interface Sink {
  /** Stable and short; it names the sink in faults. */
  readonly name: string;
  /** Starts to listen; what it returns stops it. Survives any event in any order, a missing start included. */
  attach(events: HeadroomEvents): Unsubscribe;
  /** Resolves when what was heard so far is delivered, or given up on. Never rejects. */
  flush?(): Promise<void>;
  /** Flushes, then lets go of what it holds. Never rejects. */
  close?(): Promise<void>;
}
