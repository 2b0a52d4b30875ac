import type { Span } from '@opentelemetry/api';
import type { Content } from '../../../events/contents.ts';
import { CONTENT_ATTRIBUTES } from '../semconv.ts';
import { answerOfTool } from './gen-ai-part.ts';
import { genAiInstructions, genAiMessages } from './gen-ai-messages.ts';
import { redactMessages, redactParts, redactValue, type Redact } from './redact.ts';

/**
 * Writes what was said on a span, as JSON, as the conventions want it on spans. Throws what `redact` throws, and then
 * writes nothing.
 */
export function writeContent(span: Span, content: Content, redact: Redact | undefined): void {
  const attribute = CONTENT_ATTRIBUTES[content.of];
  if ('value' in content) {
    const said = content.of === 'result' ? answerOfTool(content.value) : content.value;
    const value = redact === undefined ? said : redactValue(said, redact, { attribute });
    if (value !== undefined) span.setAttribute(attribute, typeof value === 'string' ? value : JSON.stringify(value));
    return;
  }
  const messages = genAiMessages(content.messages);
  const redacted = redact === undefined ? messages : redactMessages(messages, redact, attribute);
  if (content.of === 'prompt') writeInstructions(span, content.instructions, redact);
  span.setAttribute(attribute, JSON.stringify(redacted));
}

function writeInstructions(span: Span, instructions: unknown, redact: Redact | undefined): void {
  const attribute = CONTENT_ATTRIBUTES.instructions;
  const parts = genAiInstructions(instructions);
  if (parts.length === 0) return;
  const redacted = redact === undefined ? parts : redactParts(parts, redact, { attribute, role: 'system' });
  span.setAttribute(attribute, JSON.stringify(redacted));
}
