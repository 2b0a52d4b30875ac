import type { Attributes, Span } from '@opentelemetry/api';
import type { ToolStart } from '../../events/event.ts';
import { write } from './publishable.ts';
import { GEN_AI } from './semconv.ts';
import { writeRunNames } from './write-span.ts';

/** Of a tool call, what a sampler may decide on. */
export function toolStartAttributes({ toolName, agent }: ToolStart): Attributes {
  return { [GEN_AI.operation]: 'execute_tool', [GEN_AI.toolName]: toolName, [GEN_AI.agent]: agent };
}

/** What else is known of a tool call: neither its arguments nor its result. */
export function writeTool(span: Span, event: ToolStart): void {
  write(span, GEN_AI.toolType, 'function');
  write(span, GEN_AI.toolCallId, event.toolCallId);
  writeRunNames(span, event);
}
