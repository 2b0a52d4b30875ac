import type { Attributes, Span } from '@opentelemetry/api';
import type { RunEnd, RunStart } from '../../events/event.ts';
import { write } from './publishable.ts';
import { GEN_AI, HEADROOM } from './semconv.ts';
import { writeOutcome } from './write-span.ts';

/** Of a run, what a sampler may decide on. */
export function runStartAttributes({ agent, model }: RunStart): Attributes {
  return { [GEN_AI.operation]: 'invoke_agent', [GEN_AI.requestModel]: model, [GEN_AI.agent]: agent };
}

/** A run tells its sums under our own names: under `gen_ai.usage` they would be counted again beside those of its calls. */
export function writeRunEnd(span: Span, event: RunEnd): void {
  const { stepCount, modelCallCount, toolCallCount, usage, savings } = event;
  write(span, HEADROOM.stepCount, stepCount);
  write(span, HEADROOM.modelCallCount, modelCallCount);
  write(span, HEADROOM.toolCallCount, toolCallCount);
  write(span, HEADROOM.runInputTokens, usage?.inputTokens);
  write(span, HEADROOM.runOutputTokens, usage?.outputTokens);
  write(span, HEADROOM.runSavedTokens, savings.tokensSaved);
  writeOutcome(span, event);
}
