/** How much text one memo holds on to, keys and values, before it forgets what was not used for longest. */
const MOST_CHARS = 16_000_000;

interface Remembered<Value> {
  readonly bySetting: Map<string, Value>;
  sizeChars: number;
}

/**
 * What was computed for a text, so that each turn costs in proportion to what is new. Bounded; only ever an answer that
 * would be computed again the same, so that forgetting changes nothing.
 *
 * It has two generations: what is used moves into the younger one, and when that is half of all there may be, the older
 * one is forgotten. So to find what was used lately, which is most of a conversation, costs one look-up and no order.
 */
export class Memo<Value extends { readonly sizeChars: number }> {
  readonly #mostChars: number;
  #younger = new Map<string, Remembered<Value>>();
  #older = new Map<string, Remembered<Value>>();
  #youngerChars = 0;

  constructor(mostChars: number = MOST_CHARS) {
    this.#mostChars = mostChars;
  }

  /** `setting` holds all that the value depends on besides the text. */
  getOrCompute(text: string, setting: string, compute: () => Value): Value {
    return this.get(text, setting) ?? this.put(text, setting, compute());
  }

  /** What was put for the same text and setting, if it is still known. */
  get(text: string, setting: string): Value | undefined {
    const value = this.#younger.get(text)?.bySetting.get(setting);
    if (value !== undefined) return value;
    const older = this.#older.get(text);
    const known = older?.bySetting.get(setting);
    if (known !== undefined) this.#remember(text, older, { setting, value: known });
    return known;
  }

  /** Gives back what it was given, or what is known already: two that compute at the same time get the same. */
  put(text: string, setting: string, value: Value): Value {
    const known = this.get(text, setting);
    if (known !== undefined) return known;
    this.#remember(text, this.#older.get(text), { setting, value });
    return value;
  }

  #remember(
    text: string,
    known: Remembered<Value> | undefined,
    { setting, value }: { readonly setting: string; readonly value: Value },
  ): void {
    // Computing may have used this memo, and made the generations change.
    const remembered = this.#younger.get(text) ??
      known ?? { bySetting: new Map<string, Value>(), sizeChars: text.length };
    const isYoung = this.#younger.get(text) === remembered;
    const added = remembered.bySetting.has(setting) ? 0 : setting.length + value.sizeChars;
    if (remembered.sizeChars + added > this.#mostChars / 2) return;
    remembered.bySetting.set(setting, value);
    remembered.sizeChars += added;
    this.#younger.set(text, remembered);
    this.#youngerChars += isYoung ? added : remembered.sizeChars;
    if (this.#youngerChars <= this.#mostChars / 2) return;
    this.#older = this.#younger;
    this.#younger = new Map();
    this.#youngerChars = 0;
  }
}
