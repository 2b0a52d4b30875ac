import { fieldOf } from '../field-of.ts';
import type { StrandsSdk } from './strands-shapes.ts';

/**
 * Makes the texts that took the place of JSON blocks blocks of Strands' own class, as tracers of Strands ask of them. Writes
 * to the copies alone.
 */
export function withTextBlocks(
  messages: readonly object[],
  originals: readonly object[],
  TextBlock: StrandsSdk['TextBlock'],
): readonly object[] {
  for (const [index, message] of messages.entries()) {
    if (message === originals[index]) continue;
    const before = listAt(originals[index], 'content');
    for (const [place, block] of listAt(message, 'content').entries()) {
      const inner = listAt(block, 'content');
      if (inner === fieldOf(before[place], 'content')) continue;
      for (const [position, part] of inner.entries()) {
        const text = fieldOf(part, 'text');
        const isMade = fieldOf(part, 'type') === 'textBlock' && Object.getPrototypeOf(part) === Object.prototype;
        if (isMade && typeof text === 'string') inner[position] = new TextBlock(text);
      }
    }
  }
  return messages;
}

function listAt(value: unknown, key: string): unknown[] {
  const list = fieldOf(value, key);
  return Array.isArray(list) ? list : [];
}
