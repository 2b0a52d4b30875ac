import { fieldsOf, itemsOf } from './answer-fields.ts';

/** The messages in a body that answers a call, in the shape of its API; none in one that says what went wrong. */
export function answerMessages(body: unknown): readonly unknown[] {
  const { choices, output, content } = fieldsOf(body);
  if (choices !== undefined) return itemsOf(choices).map((choice) => fieldsOf(choice)['message']);
  if (output !== undefined) return itemsOf(output);
  return content === undefined ? [] : [{ role: 'assistant', content }];
}
