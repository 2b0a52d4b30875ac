import type { Attributes, Span } from '@opentelemetry/api';
import type { ModelEnd, ModelStart } from '../../events/event.ts';
import { genAiProviderName } from '../provider-name.ts';
import { write } from './publishable.ts';
import { CACHE_WRITE_TOKENS, GEN_AI, HEADROOM, type SemconvRevision } from './semconv.ts';
import { writeOutcome, writeRunNames } from './write-span.ts';

/** Of a model call, what a sampler may decide on. */
export function callStartAttributes({ provider, model, agent }: ModelStart): Attributes {
  return {
    [GEN_AI.operation]: 'chat',
    [GEN_AI.provider]: genAiProviderName(provider),
    [GEN_AI.requestModel]: model,
    [GEN_AI.agent]: agent,
  };
}

/** What else is known of a model call before it answers. */
export function writeCall(span: Span, event: ModelStart): void {
  // The conventions want it only where it is true.
  if (event.streaming) write(span, GEN_AI.requestStream, true);
  writeRunNames(span, event);
}

/** What the provider told: this span is the one place where the usage of a call stands. */
export function writeCallEnd(span: Span, event: ModelEnd, semconv: SemconvRevision): void {
  const { usage, outcome, timeToFirstChunkMs } = event;
  // The conventions want `error` for a generation that was cut short.
  const finishReason = event.finishReason ?? (outcome === 'aborted' ? 'error' : undefined);
  if (finishReason !== undefined) write(span, GEN_AI.finishReasons, [FINISH_REASONS.get(finishReason) ?? 'other']);
  if (timeToFirstChunkMs !== undefined) write(span, GEN_AI.timeToFirstChunk, timeToFirstChunkMs / 1000);
  write(span, GEN_AI.inputTokens, usage?.inputTokens);
  write(span, GEN_AI.outputTokens, usage?.outputTokens);
  write(span, GEN_AI.cacheReadTokens, usage?.cacheReadTokens);
  for (const name of CACHE_WRITE_TOKENS[semconv]) write(span, name, usage?.cacheWriteTokens);
  write(span, GEN_AI.reasoningTokens, usage?.reasoningTokens);
  write(span, HEADROOM.costUsd, event.costUsd);
  write(span, HEADROOM.costSavedUsd, event.costSavedUsd);
  writeOutcome(span, event);
}

/** Finish reasons of the AI SDK, and what the conventions call them. */
const FINISH_REASONS: ReadonlyMap<string, string> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['content-filter', 'content_filter'],
  ['tool-calls', 'tool_call'],
  ['error', 'error'],
]);
