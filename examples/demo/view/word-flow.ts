import type { Screen } from './screen.ts';

const MOST_COLUMNS = 100;

/** Writes words as they arrive, indented, and breaks lines before the edge of the screen. */
export class WordFlow {
  readonly #screen: Screen;
  readonly #indent: string;
  #column = 0;
  #word = '';

  constructor(screen: Screen, indent = '  ') {
    this.#screen = screen;
    this.#indent = indent;
  }

  /** Takes a piece of text: a part of a word, or several paragraphs. */
  write(text: string): void {
    for (const character of text) {
      if (character !== ' ' && character !== '\n') {
        this.#word += character;
        continue;
      }
      this.#placeWord();
      if (character === '\n') this.#breakLine();
    }
  }

  /** Ends the paragraph, if there is one. */
  end(): void {
    this.#placeWord();
    if (this.#column > 0) this.#breakLine();
  }

  #placeWord(): void {
    const width = this.#word.length;
    if (width === 0) return;
    const isFirst = this.#column === 0;
    if (!isFirst && this.#column + 1 + width > Math.min(this.#screen.columns, MOST_COLUMNS)) {
      this.#breakLine();
      this.#placeWord();
      return;
    }
    this.#screen.write(isFirst ? this.#indent + this.#word : ` ${this.#word}`);
    this.#column += width + (isFirst ? this.#indent.length : 1);
    this.#word = '';
  }

  #breakLine(): void {
    this.#screen.write('\n');
    this.#column = 0;
  }
}
