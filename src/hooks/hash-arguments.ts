import { createHmac, randomBytes } from 'node:crypto';

/** Random, of this process alone: nobody can try arguments against the hash, or compare those of two processes. */
const key = randomBytes(32);

/**
 * Tells calls of a tool with the same arguments from others, without a word of them. `undefined` for what is not known,
 * or can not be written as JSON.
 */
export function hashArguments(input: unknown): string | undefined {
  if (input === undefined) return undefined;
  try {
    const text = typeof input === 'string' ? input : JSON.stringify(input);
    return text === undefined ? undefined : createHmac('sha256', key).update(text).digest('hex').slice(0, 16);
  } catch {
    return undefined;
  }
}
