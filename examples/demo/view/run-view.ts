import type { HeadroomEvent } from 'headroom-hooks';
import { formatResult, formatTitles } from './result-table.ts';
import { cut, formatCount, paint, type Ink, type Screen } from './screen.ts';
import { WordFlow } from './word-flow.ts';

/** The parts of an AI SDK stream that are shown. */
export type StreamPart =
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'tool-call'; readonly toolName: string; readonly input: unknown }
  | { readonly type: 'tool-error'; readonly toolName: string }
  | { readonly type: 'start-step' | 'text-end' | 'finish-step' | 'abort' };

/**
 * Shows a run while it goes on. Events are heard before the reader of a stream has read what led to them, so that they
 * wait for the next start or end of a step.
 */
export class RunView {
  readonly #screen: Screen;
  readonly #words: WordFlow;
  readonly #waiting: HeadroomEvent[] = [];
  #hasTitles = false;

  constructor(screen: Screen) {
    this.#screen = screen;
    this.#words = new WordFlow(screen);
  }

  /** Takes an event of the run. Those that say nothing to a person are passed over. */
  hear(event: HeadroomEvent): void {
    this.#waiting.push(event);
  }

  /** Takes a part of the model's stream. Parts of any other type are passed over. */
  read(part: StreamPart | { readonly type: string }): void {
    if (!isShown(part)) return;
    switch (part.type) {
      case 'text-delta':
        return this.#words.write(part.text);
      case 'tool-call':
        return this.#showCall(part.toolName, part.input);
      case 'tool-error':
        return this.#showLine('error', `    ${part.toolName} failed`);
      case 'text-end':
        return this.#words.end();
      case 'abort':
        return this.#showLine('warning', '  Aborted.');
      case 'start-step':
      case 'finish-step':
        return this.flush();
    }
  }

  /** Shows the events that wait. */
  flush(): void {
    this.#words.end();
    for (const event of this.#waiting.splice(0)) this.#showEvent(event);
  }

  #showEvent(event: HeadroomEvent): void {
    switch (event.type) {
      case 'compression.end':
        if (!event.isRetry) this.#showResults(event.decisions.filter(({ isNew }) => isNew));
        return;
      case 'alert.firing':
        return this.#showLine(
          'warning',
          `  ! ${event.severity}: this ${event.scope} has used ${formatCount(event.value)} ${event.unit}, over the threshold of ${formatCount(event.threshold)}`,
        );
      case 'fault':
        return this.#showLine('error', `  fault in ${event.where}: ${event.message} (${event.errorName})`);
      default:
    }
  }

  #showResults(decisions: readonly Parameters<typeof formatResult>[1][]): void {
    if (decisions.length === 0) return;
    if (!this.#hasTitles) this.#screen.write(formatTitles(this.#screen));
    this.#hasTitles = true;
    for (const decision of decisions) this.#screen.write(formatResult(this.#screen, decision));
    this.#screen.write('\n');
  }

  #showCall(toolName: string, input: unknown): void {
    const call = cut(`  → ${toolName} ${JSON.stringify(input)}`, this.#screen.columns);
    this.#showLine('tool', call);
  }

  #showLine(ink: Ink, line: string): void {
    this.#words.end();
    this.#screen.write(`${paint(this.#screen, ink, line)}\n`);
  }
}

function isShown(part: { readonly type: string }): part is StreamPart {
  return SHOWN.has(part.type);
}

const SHOWN: ReadonlySet<string> = new Set<StreamPart['type']>([
  'text-delta',
  'tool-call',
  'tool-error',
  'start-step',
  'text-end',
  'finish-step',
  'abort',
]);
