import type { Attributes } from '@opentelemetry/api';
import type { AlertFiring, AlertResolved, Fault, RetrievalEnd } from '../../events/event.ts';
import { identifierOr } from '../identifiers.ts';
import { ERROR_TYPE, HEADROOM } from './semconv.ts';

/** What an alert says. */
export function alertAttributes(event: AlertFiring | AlertResolved): Attributes {
  return {
    [HEADROOM.alertId]: event.alertId,
    [HEADROOM.alertRule]: event.rule,
    [HEADROOM.alertSeverity]: event.severity,
    [HEADROOM.alertScope]: event.scope,
    [HEADROOM.alertValue]: event.value,
    [HEADROOM.alertThreshold]: event.threshold,
    [HEADROOM.alertUnit]: event.unit,
  };
}

/** How a retrieval came out. */
export function retrievalAttributes({ outcome, tokens }: RetrievalEnd): Attributes {
  return { [HEADROOM.retrievalOutcome]: outcome, [HEADROOM.retrievalTokens]: tokens };
}

/** Where something of ours failed, and the class of the error; not its message. */
export function faultAttributes({ where, errorName }: Fault): Attributes {
  return { [HEADROOM.faultWhere]: where, [ERROR_TYPE]: identifierOr('_OTHER', errorName) };
}
