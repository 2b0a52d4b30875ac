import type { Fields } from './scenario.ts';

/**
 * The content of a tool result with its texts gone through `map`: a string, or a list of parts. A string that holds such a
 * list as JSON, as Chat Completions get it, is read as the list, so that images in it have to survive as they are.
 */
export function mapResultText(content: unknown, map: (text: string) => string): unknown {
  if (Array.isArray(content)) {
    return content.map((part: Fields) =>
      typeof part['text'] === 'string' ? { ...part, text: map(part['text']) } : part,
    );
  }
  if (typeof content !== 'string') return content;
  const parts = partsIn(content);
  return parts === undefined ? map(content) : JSON.stringify(mapResultText(parts, map));
}

function partsIn(text: string): readonly unknown[] | undefined {
  if (!text.startsWith('[{"type":"text"')) return undefined;
  try {
    return JSON.parse(text) as readonly unknown[];
  } catch {
    return undefined;
  }
}
