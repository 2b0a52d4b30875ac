import type { Content } from './content.ts';

/** What a text is. Everything that it claims, it has parsed; what it can not place is `text`. */
export function detect(text: string): Content {
  return { kind: 'text', text };
}
