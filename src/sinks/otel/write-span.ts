import type { Span } from '@opentelemetry/api';
import type { EventBase, RunEnd } from '../../events/event.ts';
import { identifierOr } from '../identifiers.ts';
import { write } from './publishable.ts';
import { ERROR_TYPE, GEN_AI, HEADROOM } from './semconv.ts';

/** Which run and which session a span belongs to. */
export function writeRunNames(span: Span, { runId, sessionId }: EventBase): void {
  write(span, HEADROOM.runId, runId);
  write(span, GEN_AI.conversationId, sessionId);
}

/** How it ended, unless it ended well and by itself. */
export function writeOutcome(span: Span, event: Pick<RunEnd, 'outcome' | 'endedBy' | 'errorType'>): void {
  const { outcome, endedBy, errorType = '' } = event;
  if (outcome !== 'ok') write(span, HEADROOM.outcome, outcome);
  if (endedBy !== 'host') write(span, HEADROOM.endedBy, endedBy);
  if (outcome === 'error') write(span, ERROR_TYPE, identifierOr('_OTHER', errorType));
}
