/** A longer event or body is not read: what it says of usage stays unknown. */
export const LARGEST_ANSWER_CHARS = 16 * 1024 * 1024;

/**
 * The data of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html), as their text arrives
 * in pieces. Holds one event at most.
 */
export class EventData {
  #rest: string[] = [];
  #restChars = 0;
  #data: string[] = [];
  #dataChars = 0;
  #endsInReturn = false;
  readonly #onData: (data: string) => void;

  constructor(onData: (data: string) => void) {
    this.#onData = onData;
  }

  read(text: string): void {
    // A line may end in \r\n, of which the halves can arrive apart.
    const piece = this.#endsInReturn && text.startsWith('\n') ? text.slice(1) : text;
    if (text !== '') this.#endsInReturn = text.endsWith('\r');
    const lines = piece.split(/\r\n|\n|\r/);
    const last = lines.pop() ?? '';
    for (const line of lines) {
      this.#keep(line);
      this.#readLine(this.#rest.join(''));
      this.#rest = [];
      this.#restChars = 0;
    }
    this.#keep(last);
  }

  #keep(text: string): void {
    this.#restChars += text.length;
    if (this.#restChars <= LARGEST_ANSWER_CHARS) this.#rest.push(text);
    else this.#rest = [];
  }

  #readLine(line: string): void {
    if (line === '') {
      if (this.#data.length > 0) this.#onData(this.#data.join('\n'));
      this.#data = [];
      this.#dataChars = 0;
    } else if (line.startsWith('data:')) {
      const data = line.slice(line.startsWith('data: ') ? 6 : 5);
      this.#dataChars += data.length;
      if (this.#dataChars <= LARGEST_ANSWER_CHARS) this.#data.push(data);
      else this.#data = [];
    }
  }
}
