import type { Attributes, Span } from '@opentelemetry/api';
import { identifierOr } from '../identifiers.ts';
import { GEN_AI, HEADROOM } from './semconv.ts';

/** Attributes whose value is a name or an id, which may be any text. */
const NAMES = new Set<string>([
  GEN_AI.agent,
  GEN_AI.conversationId,
  GEN_AI.provider,
  GEN_AI.requestModel,
  GEN_AI.toolName,
  GEN_AI.toolCallId,
  HEADROOM.runId,
  HEADROOM.alertId,
]);

/**
 * What may leave under a name: no number that is none, and `other` in place of a text that is no word of a vocabulary.
 * `undefined` where there is nothing to tell.
 */
function published(name: string, value: Attributes[string]): Attributes[string] {
  if (typeof value === 'string') return NAMES.has(name) ? value : identifierOr('other', value);
  return typeof value === 'number' && !Number.isFinite(value) ? undefined : value;
}

/** The attributes that may leave, as they may leave: for what a span starts with, and for its events. */
export function publishable(attributes: Attributes): Attributes {
  const leaving: Attributes = {};
  for (const name in attributes) {
    const value = published(name, attributes[name]);
    if (value !== undefined) leaving[name] = value;
  }
  return leaving;
}

/**
 * Writes an attribute on a span as far as it may leave. A span starts with what a sampler may decide on, and everything
 * else is written after: of an attribute that a span starts with, the SDK makes three times the garbage.
 */
export function write(span: Span, name: string, value: Attributes[string]): void {
  const leaving = published(name, value);
  if (leaving !== undefined) span.setAttribute(name, leaving);
}
