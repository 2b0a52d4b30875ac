import type { Content } from '../content.ts';
import { detect } from '../detect.ts';
import type { Strategy } from '../strategy.ts';
import type { InnerText } from './inner-text.ts';

/**
 * What is known of the texts that one text carries, for as long as that is looked at: each of its forms asks for them
 * again, and what is carried in what is carried is asked for by each of theirs.
 */
export class InnerTexts {
  readonly #contents = new Map<string, Content>();
  readonly #encoded = new Map<readonly Strategy[], Map<string, InnerText>>();

  read(text: string): Content {
    const known = this.#contents.get(text);
    if (known !== undefined) return known;
    const content = detect(text);
    this.#contents.set(text, content);
    return content;
  }

  /** What `encode` gives for these strategies; `manner` names all that it depends on besides. */
  encodeOnce(
    text: string,
    { strategies, manner }: { readonly strategies: readonly Strategy[]; readonly manner: string },
    encode: () => InnerText,
  ): InnerText {
    let byText = this.#encoded.get(strategies);
    if (byText === undefined) this.#encoded.set(strategies, (byText = new Map<string, InnerText>()));
    const key = `${manner} ${text}`;
    const known = byText.get(key);
    if (known !== undefined) return known;
    const encoded = encode();
    byText.set(key, encoded);
    return encoded;
  }
}
