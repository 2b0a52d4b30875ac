import { fieldOf } from '../field-of.ts';

/**
 * Makes messages that were rewritten say the same of themselves everywhere: LangChain keeps what a message was made of
 * beside it, in `lc_kwargs`, and serializes that. Writes to the copies alone.
 */
export function withOwnArguments(messages: readonly object[], originals: readonly object[]): readonly object[] {
  for (const [index, message] of messages.entries()) {
    const made = fieldOf(message, 'lc_kwargs');
    if (message === originals[index] || typeof made !== 'object' || made === null) continue;
    Object.assign(message, { lc_kwargs: { ...made, content: fieldOf(message, 'content') } });
  }
  return messages;
}
