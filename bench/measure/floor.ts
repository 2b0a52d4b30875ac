import { optimizeMessages } from '../../src/index.ts';
import { loadTokenCounter } from '../../src/tokens/count-tokens.ts';
import { type BenchmarkCase, textOf } from '../cases/benchmark-case.ts';
import { isJson } from './is-json.ts';
import { type PlainForm, plainForms } from './plain-forms.ts';

/** How what is sent without loss compares with one plain form of the same documents. */
export interface FloorFigures {
  readonly form: PlainForm['name'];
  /** Documents that have this form, and that it gives back. */
  readonly comparedCount: number;
  readonly atLeastAsSmallCount: number;
  /** Documents that have this form although it does not give them back, and of these those for which it is smaller. */
  readonly unfaithfulCount: number;
  readonly smallerUnfaithfulCount: number;
}

export interface Floor {
  /** Distinct JSON results of at least `minTokens`: smaller ones pass as they are. */
  readonly documentCount: number;
  /** Of these, those for which no faithful plain form is smaller. */
  readonly heldCount: number;
  readonly forms: readonly FloorFigures[];
  readonly broken: readonly {
    readonly name: string;
    readonly form: string;
    readonly sent: number;
    readonly plain: number;
  }[];
}

const MIN_TOKENS = 20;
const FORMS = ['minified', 'toon', 'csv', 'markdown'] as const;

/** Compares, by the exact count of the package, every JSON result of the cases with its plain forms. */
export async function measureFloor(cases: readonly BenchmarkCase[]): Promise<Floor> {
  const count = await loadTokenCounter('o200k');
  const documents = new Map<string, string>();
  for (const { name, messages } of cases) {
    for (const { role, content } of messages) {
      const text = textOf(content);
      if (role === 'tool' && /^\s*[[{]/.test(text) && isJson(text) && !documents.has(text)) documents.set(text, name);
    }
  }
  const compared: Compared[] = [];
  for (const [text, name] of documents) {
    if (count(text) < MIN_TOKENS) continue;
    const { messages } = await optimizeMessages([{ role: 'tool', tool_call_id: 'call_1', content: text }], {
      loss: 'none',
    });
    const sent = count(textOf(messages[0].content));
    compared.push({ name, sent, forms: plainForms(text).map((form) => ({ ...form, tokens: count(form.text) })) });
  }
  const broken = compared.flatMap(({ name, sent, forms }) =>
    forms
      .filter(({ isFaithful, tokens }) => isFaithful && tokens < sent)
      .map((form) => ({ name, form: form.name, sent, plain: form.tokens })),
  );
  return {
    documentCount: compared.length,
    heldCount: compared.filter(({ sent, forms }) => forms.every((form) => !form.isFaithful || form.tokens >= sent))
      .length,
    forms: FORMS.map((form) => figuresOf(form, compared)),
    broken,
  };
}

interface Compared {
  readonly name: string;
  readonly sent: number;
  readonly forms: readonly (PlainForm & { readonly tokens: number })[];
}

function figuresOf(form: PlainForm['name'], compared: readonly Compared[]): FloorFigures {
  const figures = { comparedCount: 0, atLeastAsSmallCount: 0, unfaithfulCount: 0, smallerUnfaithfulCount: 0 };
  for (const { sent, forms } of compared) {
    for (const { name, isFaithful, tokens } of forms) {
      if (name !== form) continue;
      if (isFaithful) {
        figures.comparedCount++;
        if (sent <= tokens) figures.atLeastAsSmallCount++;
      } else {
        figures.unfaithfulCount++;
        if (tokens < sent) figures.smallerUnfaithfulCount++;
      }
    }
  }
  return { form, ...figures };
}
