/** How much text one memo holds on to, keys and values, before it forgets what was used longest ago. */
const MOST_CHARS = 16_000_000;

/**
 * What was computed for a text, so that each turn costs in proportion to what is new. Bounded; only ever an answer that
 * would be computed again the same, so that forgetting changes nothing.
 */
export class Memo<Value extends { readonly sizeChars: number }> {
  readonly #byText = new Map<string, Map<string, Value>>();
  readonly #mostChars: number;
  #chars = 0;

  constructor(mostChars: number = MOST_CHARS) {
    this.#mostChars = mostChars;
  }

  /** `setting` holds all that the value depends on besides the text. */
  getOrCompute(text: string, setting: string, compute: () => Value): Value {
    return this.get(text, setting) ?? this.put(text, setting, compute());
  }

  /** What was put for the same text and setting, if it is still known. */
  get(text: string, setting: string): Value | undefined {
    const known = this.#byText.get(text);
    const value = known?.get(setting);
    if (known === undefined || value === undefined) return undefined;
    this.#byText.delete(text);
    this.#byText.set(text, known);
    return value;
  }

  /** Gives back what it was given, or what is known already: two that compute at the same time get the same. */
  put(text: string, setting: string, value: Value): Value {
    const known = this.#byText.get(text);
    const before = known?.get(setting);
    if (before !== undefined) return before;
    const bySetting = known ?? new Map<string, Value>();
    this.#chars += setting.length + value.sizeChars + (known === undefined ? text.length : 0);
    bySetting.set(setting, value);
    this.#byText.delete(text);
    this.#byText.set(text, bySetting);
    this.#forgetOldest();
    return value;
  }

  #forgetOldest(): void {
    for (const [text, bySetting] of this.#byText) {
      if (this.#chars <= this.#mostChars) return;
      this.#byText.delete(text);
      this.#chars -= text.length;
      for (const [setting, value] of bySetting) this.#chars -= setting.length + value.sizeChars;
    }
  }
}
