import type { EventBus } from '../events/bus.ts';
import type { Clock } from '../events/clock.ts';
import type { RetrievalStore } from '../retrieval/store.ts';

export interface HeadroomModelOptions {
  /** The bus of `createHeadroomHooks()`. @default a bus of its own */
  readonly events?: EventBus | undefined;
  /** Where originals go. @default the memory store that belongs to `events` */
  readonly store?: RetrievalStore | undefined;
  /** @default 'recoverable' in a call that offers `headroom_retrieve`, 'none' in any other */
  readonly loss?: 'none' | 'recoverable' | 'allowed' | undefined;
  /** @default 'optimize' */
  readonly mode?: 'optimize' | 'audit' | 'off' | undefined;
  /** Per tool name or glob. */
  readonly tools?: Readonly<Record<string, 'off' | 'lossless' | 'recoverable'>> | undefined;
  readonly minTokens?: number | undefined;
  readonly clock?: Clock | undefined;
}
