import type { StreamPart } from './language-model.ts';

type Part = Readonly<Record<string, unknown>>;

/** Parts of a stream that are parts of the answer as they are. */
const WHOLE_PARTS: ReadonlySet<unknown> = new Set(['tool-call', 'tool-result', 'file', 'source']);

/** Puts the parts of an answer together from those of its stream, in the order in which they began. */
export class AnswerParts {
  private readonly parts: Part[] = [];
  private readonly open = new Map<string, { readonly type: string; text: string }>();

  add(part: StreamPart): void {
    const { type } = part;
    if (type === 'text-delta') this.append('text', part as Part);
    else if (type === 'reasoning-delta') this.append('reasoning', part as Part);
    else if (WHOLE_PARTS.has(type)) this.parts.push(part as Part);
  }

  /** What has come so far. */
  all(): readonly Part[] {
    return this.parts;
  }

  private append(type: 'text' | 'reasoning', { id, delta }: Part): void {
    if (typeof delta !== 'string') return;
    const key = `${type} ${String(id)}`;
    const open = this.open.get(key);
    if (open !== undefined) {
      open.text += delta;
      return;
    }
    const begun = { type, text: delta };
    this.open.set(key, begun);
    this.parts.push(begun);
  }
}
