/** Blocks of messages of Strands Agents (https://strandsagents.com), where results stand in messages of the user. */

type Fields = Readonly<Record<string, unknown>>;

/** One text of a result, or one JSON value of it. */
export interface StrandsResultText {
  readonly path: readonly (string | number)[];
  readonly partIndex: number;
  readonly blockIndex: number;
  readonly toolCallId: string | undefined;
  readonly isError: boolean;
  readonly text: string | undefined;
  readonly rewrite: (text: string) => unknown;
}

export interface StrandsCall {
  readonly id: unknown;
  readonly name: unknown;
  readonly arguments: unknown;
}

export function* strandsResultTexts(parts: readonly unknown[]): Generator<StrandsResultText> {
  for (const [partIndex, part] of parts.entries()) {
    if (!isFields(part) || part['type'] !== 'toolResultBlock' || !Array.isArray(part['content'])) continue;
    const { toolUseId, status } = part;
    const about = {
      partIndex,
      toolCallId: typeof toolUseId === 'string' ? toolUseId : undefined,
      isError: status === 'error',
    };
    for (const [blockIndex, block] of (part['content'] as readonly unknown[]).entries()) {
      const path = ['content', partIndex, 'content', blockIndex];
      const text = strandsText(block);
      if (text !== undefined) {
        yield { ...about, blockIndex, path: [...path, 'text'], text, rewrite: (rewritten) => rewritten };
      } else if (isFields(block) && block['type'] === 'jsonBlock') {
        // A text inside JSON would reach the model as a string literal full of `\n`, so the block becomes a text.
        const rewrite = (rewritten: string): unknown => ({ type: 'textBlock', text: rewritten });
        yield { ...about, blockIndex, path, text: jsonOf(block['json']), rewrite };
      }
    }
  }
}

/** The text of a block of text. */
export function strandsText(block: unknown): string | undefined {
  if (!isFields(block) || block['type'] !== 'textBlock') return undefined;
  return typeof block['text'] === 'string' ? block['text'] : undefined;
}

/** The call that a block makes, if it makes one. */
export function strandsCall(block: Fields): StrandsCall | undefined {
  if (block['type'] !== 'toolUseBlock') return undefined;
  return { id: block['toolUseId'], name: block['name'], arguments: block['input'] };
}

/** As the models of Strands write it. */
function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
