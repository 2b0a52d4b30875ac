import { isJsonText } from '../content.ts';
import { judgeLossless } from '../judge.ts';
import { layOutJson, layoutOf } from '../json/json-layout.ts';
import { minifiedSource } from '../json/minified-source.ts';
import { estimateTokens } from '../strategies/lines/estimate-tokens.ts';
import { InnerTexts } from './inner-texts.ts';
import type { EncodeManner, EncodingForm, Strategy } from '../strategy.ts';

/**
 * How a text inside of another was encoded: the name of the strategy, empty for none, the layout of its white space
 * where it is JSON, and the strategy's own form.
 */
export type InnerForm = readonly [strategy: string, layout: string, form: EncodingForm | 0];

export interface InnerText {
  readonly text: string;
  readonly tokens: number;
  readonly form: InnerForm;
}

const PLAIN: InnerForm = ['', '', 0];

/**
 * The best lossless form of a text that another carries, itself if there is none. Unlike a result of its own, it comes
 * back character by character even where it is JSON.
 */
export function encodeInner(text: string, strategies: readonly Strategy[], manner: EncodeManner): InnerText {
  const { inner = new InnerTexts(), keepsValuesWhole } = manner;
  const key = { strategies, manner: keepsValuesWhole ? 'whole' : 'parted' };
  return inner.encodeOnce(text, key, () => encode(text, strategies, { ...manner, inner }));
}

function encode(
  text: string,
  strategies: readonly Strategy[],
  {
    inner,
    keepsValuesWhole,
    count = estimateTokens,
    onFault = () => {},
  }: EncodeManner & { readonly inner: InnerTexts },
): InnerText {
  const tokens = count(text);
  const plain: InnerText = { text, tokens, form: PLAIN };
  const detected = inner.read(text);
  const layout = isJsonText(detected) ? layoutOf(text) : '';
  if (layout === undefined) return plain;
  const content = layout === '' || layout === 'compact' ? detected : inner.read(minifiedSource(text));
  const context = {
    count,
    onFault,
    keepsValuesWhole,
    inner,
    repertoire: { strategies, selections: [] },
  };
  const best = judgeLossless(content, tokens, context);
  if (best !== undefined) {
    const { strategy, form } = best.rewriting;
    return { text: best.text, tokens: best.tokens, form: [strategy, layout, form ?? 0] };
  }
  return content.text === text ? plain : { text: content.text, tokens: count(content.text), form: ['', layout, 0] };
}

/** Gives back the text that `encodeInner` was given. Throws on a form that it did not write. */
export function decodeInner(text: string, form: unknown, strategies: readonly Strategy[]): string {
  const [name, layout, inner] = readForm(form);
  const decoded = name === '' ? text : decodeBy(name, strategies).decode(text, inner === 0 ? undefined : inner);
  return layout === '' ? decoded : layOutJson(minifiedSource(decoded), layout);
}

function decodeBy(name: string, strategies: readonly Strategy[]): Strategy {
  const strategy = strategies.find((strategy) => strategy.name === name);
  if (strategy === undefined) throw new SyntaxError(`No strategy is called "${name}".`);
  return strategy;
}

function readForm(form: unknown): InnerForm {
  if (!Array.isArray(form) || form.length !== 3) throw new SyntaxError('No form of an inner text.');
  return form as unknown as InnerForm;
}
