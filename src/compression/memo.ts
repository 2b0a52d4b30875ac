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
    const known = this.#byText.get(text);
    const value = known?.get(setting);
    if (known !== undefined && value !== undefined) {
      this.#byText.delete(text);
      this.#byText.set(text, known);
      return value;
    }
    const computed = compute();
    const bySetting = known ?? new Map<string, Value>();
    this.#chars += setting.length + computed.sizeChars + (known === undefined ? text.length : 0);
    bySetting.set(setting, computed);
    this.#byText.delete(text);
    this.#byText.set(text, bySetting);
    this.#forgetOldest();
    return computed;
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
