import { EVENT_TYPES, type Fault, type RetrievalEnd } from '../../events/event.ts';
import type { Recorders } from './recorders.ts';

/** Why a tool result was sent as it was: the reasons of the engine, and an audit. */
export const SKIP_REASONS: readonly string[] = [
  'below-minimum',
  'not-smaller',
  'error-result',
  'provider-executed',
  'excluded-tool',
  'own-result',
  'too-large',
  'unsupported',
  'store-failed',
  'fault',
  'aborted',
  'audit',
];
const RETRIEVAL_OUTCOMES = [
  'found',
  'unknown',
  'expired',
  'failed',
] as const satisfies readonly RetrievalEnd['outcome'][];
const FAULT_PLACES = [
  'listener',
  'sink',
  'hook',
  'compression',
  'strategy',
  'store',
  'counter',
  'call-options',
  'alert',
] as const satisfies readonly Fault['where'][];

/** Starts the series of closed vocabularies at zero, so that `rate()` and `increase()` see their first event. */
export function startAtZero(record: Recorders): void {
  for (const reason of SKIP_REASONS) record.headroom_compression_skipped_total({ reason }, 0);
  for (const outcome of RETRIEVAL_OUTCOMES) record.headroom_retrievals_total({ outcome }, 0);
  for (const where of FAULT_PLACES) record.headroom_faults_total({ where }, 0);
  for (const event of EVENT_TYPES) if (event !== 'fault') record.headroom_listener_errors_total({ event }, 0);
}
