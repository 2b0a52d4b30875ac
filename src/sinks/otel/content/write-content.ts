import type { Span } from '@opentelemetry/api';
import type { Content } from '../../../events/contents.ts';
import { CONTENT_ATTRIBUTES } from '../semconv.ts';
import { genAiMessages } from './gen-ai-messages.ts';
import { redactMessages, redactValue, type Redact } from './redact.ts';

/**
 * Writes what was said on a span, as JSON, as the conventions want it on spans. Throws what `redact` throws, and then
 * writes nothing.
 */
export function writeContent(span: Span, content: Content, redact: Redact | undefined): void {
  const attribute = CONTENT_ATTRIBUTES[content.of];
  const value = valueOf(content, redact);
  if (value !== undefined) span.setAttribute(attribute, typeof value === 'string' ? value : JSON.stringify(value));
}

function valueOf(content: Content, redact: Redact | undefined): unknown {
  const attribute = CONTENT_ATTRIBUTES[content.of];
  if ('value' in content) {
    return redact === undefined ? content.value : redactValue(content.value, redact, { attribute });
  }
  const messages = genAiMessages(content.messages);
  return redact === undefined ? messages : redactMessages(messages, redact, attribute);
}
