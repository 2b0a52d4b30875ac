import { jsonOrText } from '../../../json-or-text.ts';
import type { CONTENT_ATTRIBUTES } from '../semconv.ts';
import type { GenAiMessage } from './gen-ai-messages.ts';
import type { GenAiPart } from './gen-ai-part.ts';

/** Where a text is about to be written. */
export interface TextPlace {
  readonly attribute: (typeof CONTENT_ATTRIBUTES)[keyof typeof CONTENT_ATTRIBUTES];
  /** Of the message that the text is part of. */
  readonly role?: string | undefined;
}

/**
 * Gives what is to be written in place of a text. Arguments and results of tools that are no texts are given as JSON. Where
 * it throws, or gives no text, nothing of the attribute is written.
 */
export type Redact = (text: string, place: TextPlace) => string;

/** The same messages with every text as `redact` wants it. */
export function redactMessages(
  messages: readonly GenAiMessage[],
  redact: Redact,
  attribute: TextPlace['attribute'],
): readonly GenAiMessage[] {
  return messages.map(({ role, parts }) => ({ role, parts: redactParts(parts, redact, { attribute, role }) }));
}

/** The same parts with every text as `redact` wants it. */
export function redactParts(parts: readonly GenAiPart[], redact: Redact, place: TextPlace): readonly GenAiPart[] {
  return parts.map((part) => redactPart(part, (value) => redactValue(value, redact, place)));
}

function redactPart(part: GenAiPart, redacted: (value: unknown) => unknown): GenAiPart {
  if ('content' in part) return { ...part, content: redacted(part.content) as string };
  if ('arguments' in part) return { ...part, arguments: redacted(part.arguments) };
  if ('response' in part) return { ...part, response: redacted(part.response) };
  return part;
}

/** A value whose texts, and keys, are as `redact` wants them: what is no text is redacted as JSON. */
export function redactValue(value: unknown, redact: Redact, place: TextPlace): unknown {
  if (value === undefined) return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const redacted: unknown = redact(text, place);
  if (typeof redacted !== 'string') throw new TypeError('redact has to give a text.');
  return typeof value === 'string' ? redacted : jsonOrText(redacted);
}
